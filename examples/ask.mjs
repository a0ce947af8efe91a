// npm install @aws-crypto/sha256-js @aws-sdk/credential-provider-node @smithy/signature-v4; node ask.mjs API REGION TEXT
import { Sha256 } from '@aws-crypto/sha256-js';
import { defaultProvider } from '@aws-sdk/credential-provider-node';
import { SignatureV4 } from '@smithy/signature-v4';

const [api, region, question] = process.argv.slice(2);
const url = new URL(`/identify?q=${encodeURIComponent(question)}`, api);
const { protocol, hostname, pathname: path, host } = url;
const signer = new SignatureV4({
  service: 'execute-api',
  region,
  credentials: defaultProvider(),
  sha256: Sha256,
});
const query = Object.fromEntries(url.searchParams);
const { headers } = await signer.sign({ method: 'GET', protocol, hostname, path, query, headers: { host } });
const { verdict, owner, nextStep, detail, message } = await (await fetch(url, { headers })).json();
console.log(verdict ?? detail ?? message, owner?.arn ?? owner?.resourceId ?? '', nextStep?.summary ?? '');
