import { describe, expect, test } from '@jest/globals';
import { askedIn, id, service } from '../support/asked.ts';

const digits = id.slice('vpce-'.length);

/** What it is, the text, and the Regions in the order of asking. */
const texts: readonly (readonly [string, string, readonly string[]])[] = [
  [
    "the console's address",
    `https://ap-northeast-1.console.aws.amazon.com/vpcconsole/home?region=ap-northeast-1#EndpointDetails:vpcEndpointId=${id}`,
    ['ap-northeast-1'],
  ],
  [
    'the same without its parameter',
    `https://us-west-2.console.aws.amazon.com/vpc/home#Endpoints:search=${id}`,
    ['us-west-2'],
  ],
  [
    "China's console",
    `https://console.amazonaws.cn/vpc/home?region=cn-northwest-1#Endpoints:vpcEndpointId=${id}`,
    ['cn-northwest-1'],
  ],
  [
    "a console's row",
    `rds-endpoint\t${id}\tInterface\tAvailable\tThu Oct 01 2026\tcom.amazonaws.us-east-2.rds`,
    ['us-east-2'],
  ],
  ['a row whose cells ran together', `rds-endpoint${id}AvailableInterfaceap-northeast-1a`, []],
  [
    'a banner',
    `Failed to delete VPC endpoint ${id}\nOperation is not allowed for requester-managed VPC endpoints`,
    [],
  ],
  ['an ARN', `arn:aws-us-gov:ec2:us-gov-west-1:111122223333:vpc-endpoint/${id}`, ['us-gov-west-1']],
  [
    'an event of CloudTrail',
    JSON.stringify({
      eventSource: 'ec2.amazonaws.com',
      eventName: 'DeleteVpcEndpoints',
      awsRegion: 'ap-east-1',
      requestParameters: { DeleteVpcEndpointsRequest: { VpcEndpointId: { tag: 1, content: id } } },
      requestID: '1b2c3d4e-5f60-7182-93a4-b5c6d7e8f901',
    }),
    ['ap-east-1'],
  ],
  [
    'that event within another',
    JSON.stringify({ detail: JSON.stringify({ awsRegion: 'ap-east-1', id }) }),
    ['ap-east-1'],
  ],
  [
    'and once more',
    JSON.stringify({
      a: JSON.stringify({ b: JSON.stringify({ 'aws-region': 'me-central-1', id: `\n${id}` }) }),
    }),
    ['me-central-1'],
  ],
  [
    'JSON that escapes too much',
    `{\\u0022url\\u0022:\\u0022?id\\u003d${id}\\u0026region\\u003dus-east-1\\u0022}`,
    ['us-east-1'],
  ],
  ['single quotes of JSON', `\\\\u0027${id}\\\\u0027`, []],
  [
    'a flow log',
    `2 111122223333 ${id} 10.0.1.5 10.0.2.9 443 49152 6 25 20000 1418530010 1418530070 ACCEPT OK use1-az2`,
    ['us-east-1'],
  ],
  ['a zone of GovCloud', `${id} usgw1-az3`, ['us-gov-west-1']],
  ['a local zone', `${id} in us-west-2-lax-1a`, ['us-west-2']],
  ['a wavelength zone', `${id} in us-east-1-wl1-bos-wlz-1`, ['us-east-1']],
  ['the head of a log line', `[eu-west-2] 2026-10-01 03:12:44 ERROR cleanup ${id} refused`, ['eu-west-2']],
  ['a line of CSV', `"${id}","ap-southeast-1","111122223333","2026-10-01T03:12:44Z"`, ['ap-southeast-1']],
  [
    'CSV with doubled quotes',
    `a,"{""VpcEndpointId"":""${id}"",""Region"":""ap-south-2""}",b`,
    ['ap-south-2'],
  ],
  ['CSV with semicolons', `111122223333;mx-central-1;${id};available`, ['mx-central-1']],
  ['a formula', `=HYPERLINK("https://eu-south-1.console.aws.amazon.com/vpc/#${id}";"${id}")`, ['eu-south-1']],
  ['Slack', `*@oncall* can't delete \`${id}\` in _ap-northeast-3_ :sob:`, ['ap-northeast-3']],
  [
    'a link of Slack',
    `<https://eu-west-2.console.aws.amazon.com/vpc/home?region=eu-west-2#Endpoints:vpcEndpointId=${id}|${id}>`,
    ['eu-west-2'],
  ],
  ['Jira', `{code:java}${id}{code} h3. Region: *ap-southeast-3*`, ['ap-southeast-3']],
  ['a link of Jira', `[${id}|https://example.com/browse/NET-12?id=${id}]`, []],
  ['Markdown', `- [ ] delete **${id}** (\`us-east-2\`)`, ['us-east-2']],
  ['Markdown that escapes', `delete vpce\\-${digits} \\(us\\-east\\-2\\)`, ['us-east-2']],
  ['a table of Markdown', `| id | region |\n|---|---|\n| ${id} | sa-east-1 |`, ['sa-east-1']],
  ['an emphasised old id', 'delete **vpce-032a826a** today', []],
  ['HTML', `<td class="id">${id}</td><td>ca-west-1</td>`, ['ca-west-1']],
  [
    'HTML that marks what was searched',
    `<p><mark>vpce</mark>-${digits.slice(0, 8)}<wbr>${digits.slice(8)}</p>`,
    [],
  ],
  ['escaped HTML', `&lt;a href=&quot;?id&#x3D;${id}&amp;amp;region&#61;eu-north-1&quot;&gt;`, ['eu-north-1']],
  [
    'XML',
    `<vpcEndpointId>${id}</vpcEndpointId><availabilityZone>sa-east-1c</availabilityZone>`,
    ['sa-east-1'],
  ],
  [
    'a quoted mail',
    `On Thu, Oct 1 2026, Jane wrote:\n> > could you delete ${id}?\n> > It is in us-west-1.`,
    ['us-west-1'],
  ],
  [
    'a mail in quoted-printable',
    `see https://example.com/?id=3D${id.slice(0, 14)}=\r\n${id.slice(14)} in us-west-1`,
    ['us-west-1'],
  ],
  ['its dashes too', `vpce=E2=80=91${digits}`, []],
  ['an en dash', `vpce–${digits} (us–west–2)`, ['us-west-2']],
  ['a non-breaking hyphen', `vpce\u2011${digits}`, []],
  ['a minus sign', `vpce\u2212${digits}`, []],
  [
    'full-width letters',
    'ｖｐｃｅ－０ｃｅ９ｆｄｃｄｄ４ａａ４０９７ｅを削除できません（ａｐ－ｎｏｒｔｈｅａｓｔ－１）',
    ['ap-northeast-1'],
  ],
  ['a Japanese sentence', `東京（ap-northeast-1）の${id}を削除できません。`, ['ap-northeast-1']],
  ['a katakana hyphen', `vpceー${digits}`, []],
  [
    'soft hyphens and zero-width blanks',
    `vpce-\u00ad${digits.slice(0, 9)}\u200b${digits.slice(9)}\ufeff`,
    [],
  ],
  ['text that runs both ways', `\u202a${id}\u202c \u2066us-east-1\u2069`, ['us-east-1']],
  ['UTF-16 read as bytes', [...id].join('\0'), []],
  ['capitals', `ENDPOINT ${id.toUpperCase()} IN US-EAST-1`, ['us-east-1']],
  ['an object of JavaScript', `{ VpcEndpointId: '${id}', Region: "ap-southeast-4" }`, ['ap-southeast-4']],
  ['an environment', `VPC_ENDPOINT_ID=${id}\r\nAWS_DEFAULT_REGION=ap-southeast-5\r\n`, ['ap-southeast-5']],
  [
    'a bucket policy',
    `"Condition":{"StringNotEquals":{"aws:SourceVpce":"${id}"}},"Resource":"arn:aws:sns:eu-west-3:111122223333:t"`,
    ['eu-west-3'],
  ],
  ['its service beside it', `${service}, ${id}`, []],
  ['an id that another column cuts', `${id} vpce-0ce9fdcd`, []],
  [
    'bytes of UTF-8, as Python shows them',
    `b'vpce\\xe2\\x80\\x91${digits}\\xc2\\xa0us-east-1'`,
    ['us-east-1'],
  ],
  ['an accent after it', `l’endpoint ${id}\u0301`, []],
  ['an old id', 'vpce-032a826a, made in 2016', []],
  ['an old id at the end of a sentence', 'Please delete vpce-032a826a.', []],
  ['an old id before the next line', 'vpce-032a826a\r\n2026-10-01 eu-west-2', ['eu-west-2']],
  ['an old id before an account', 'vpce-032a826a\n111122223333\navailable', []],
  ["an old id's DNS name", `vpce-032a826a-1hbywnw6.${service}.us-east-1.vpce.amazonaws.com`, ['us-east-1']],
  ['names that look like Regions', `${id} of my-team-1, us-foo-1, web-east-12 and eu-west-10`, []],
];

describe('what people paste', () => {
  test.each(texts)('%s', (_, text, regions) => {
    const expected = text.includes('vpce-032a826a') ? 'vpce-032a826a' : id;
    expect(askedIn(text)).toEqual({ ids: [expected], regions });
  });
});
