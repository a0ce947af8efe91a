import { AwsError, type Input, isRecord, type Protocol } from './protocol.ts';
import { readForm } from './query-string.ts';
import { textElement, toXml, type XmlNames } from './xml.ts';

const version = '2016-11-15';
const namespace = `http://ec2.amazonaws.com/doc/${version}/`;

/**
 * The protocol of EC2 alone: forms in, XML out, no result wrapper, lower-case names, lists called `…Set` of `item`s.
 *
 * @see https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html
 */
export const ec2Query: Protocol = {
  recognises: (request) => readForm(request).version === version,

  read(request) {
    const { action, version: asked, fields } = readForm(request);
    if (action === '') throw new AwsError('MissingAction', 'The request must contain the parameter Action');
    if (asked !== version)
      throw new AwsError('NoSuchVersion', `The requested version (${asked}) is not valid.`);
    return { operation: action, input: pluralise(fields) };
  },

  answer: (operation, output, requestId) =>
    xml(
      200,
      `<${operation}Response xmlns="${namespace}">${textElement('requestId', requestId)}${toXml(output, names)}</${operation}Response>`,
    ),

  refuse: (error, requestId) =>
    xml(
      error.status,
      `<Response><Errors><Error>${textElement('Code', error.code)}${textElement('Message', error.message)}</Error></Errors>${textElement('RequestID', requestId)}</Response>`,
    ),

  errors: {
    denied: (message) =>
      new AwsError(
        'UnauthorizedOperation',
        `You are not authorized to perform this operation. ${message}`,
        403,
      ),
    throttled: () => new AwsError('RequestLimitExceeded', 'Request limit exceeded.', 503),
    internal: () => new AwsError('InternalError', 'An internal error has occurred', 500),
    expired: () => new AwsError('RequestExpired', 'Request has expired.'),
    unsigned: () =>
      new AwsError('MissingAuthenticationToken', 'Request is missing Authentication Token', 403),
    unknownOperation: (operation) =>
      new AwsError('InvalidAction', `The action ${operation} is not valid for this web service.`),
  },
};

/** The lists whose element is not the singular of their name and `Set`. */
const irregularLists: Readonly<Record<string, string>> = {
  DnsEntries: 'dnsEntrySet',
  IpPrefixes: 'ipPrefixSet',
  Ipv4Prefixes: 'ipv4PrefixSet',
  Ipv6Prefixes: 'ipv6PrefixSet',
  Ipv6Addresses: 'ipv6AddressesSet',
  PayerResponsibilities: 'payerResponsibilitySet',
  PrivateIpAddresses: 'privateIpAddressesSet',
  TagSet: 'tagSet',
};

const names: XmlNames = {
  element(field, isList) {
    const name = `${field.charAt(0).toLowerCase()}${field.slice(1)}`;
    return isList ? (irregularLists[field] ?? `${name.replace(/s$/, '')}Set`) : name;
  },
  item: () => 'item',
  isMap: () => false,
};

/** A list is sent under its singular, `VpcEndpointId.1` for `VpcEndpointIds`. */
function pluralise(fields: Input): Input {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) =>
      Array.isArray(value)
        ? [`${name}s`, value.map((item) => (isRecord(item) ? pluralise(item) : item))]
        : [name, value],
    ),
  );
}

function xml(status: number, body: string) {
  return {
    status,
    headers: { 'content-type': 'text/xml;charset=UTF-8' },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n${body}`,
  };
}
