import { describe, expect, test } from '@jest/globals';
import { type Answer as AnswerRecord, encode } from 'dns-packet';
import fc from 'fast-check';
import { type Answer, addressesIn, followAliases } from '../../lambda/aws/dns-answer.ts';
import { readAnswer } from '../../lambda/aws/dns-message.ts';
import { DnsFailure, MalformedAnswer } from '../../lambda/aws/failure.ts';
import '../support/seed.ts';
import { times } from '../support/thorough.ts';

const asked = 'a.example';
const names = fc.constantFrom(asked, 'b.example', 'c.example', 'd.example', 'e.example', 'x.a.example');
const spelling = names.chain((name) => fc.constantFrom(name, name, name.toUpperCase()));
const addresses = fc.constantFrom('10.0.0.4', '10.0.0.5', '198.51.100.1');

const record: fc.Arbitrary<AnswerRecord> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({ type: fc.constant('CNAME' as const), name: spelling, data: spelling }),
  },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('A' as const), name: spelling, data: addresses }) },
  fc.record({
    type: fc.constant('CNAME' as const),
    name: spelling,
    data: spelling,
    class: fc.constantFrom('CH' as const, 'HS' as const),
  }),
  fc.record({ type: fc.constantFrom('NS' as const, 'DNAME' as const), name: spelling, data: spelling }),
);
const records = fc.array(record, { maxLength: 8 });

const question = { name: asked, type: 'A' } as const;

function messageOf(answers: readonly AnswerRecord[], rcode: number): Buffer {
  const section = answers.map((answer) => ({ ttl: 60, ...answer }));
  return encode({ type: 'response', id: 7, flags: rcode, questions: [question], answers: section });
}

/** What a use of an answer gives, or `null` where it is refused for what is wrong with it. */
function attempt<T>(use: () => T): T | null {
  try {
    return use();
  } catch (error) {
    if (error instanceof MalformedAnswer || error instanceof DnsFailure) return null;
    throw error;
  }
}

function readWhole(message: Buffer): Answer | null {
  const read = attempt(() => readAnswer(message, 7, question));
  return read === 'truncated' ? null : read;
}

/** Where each name leads, by the records as they were made. */
function targetsOf(answers: readonly AnswerRecord[], owner: string): Set<string> {
  return new Set(
    answers.flatMap((answer) =>
      answer.type === 'CNAME' && answer.class === undefined && answer.name.toLowerCase() === owner
        ? [answer.data.toLowerCase()]
        : [],
    ),
  );
}

describe('whatever records an answer holds', () => {
  test('an alias is one that a chain of CNAME records leads to, each the only one of its name', () => {
    fc.assert(
      fc.property(records, fc.constantFrom(0, 3), (answers, rcode) => {
        const answer = readWhole(messageOf(answers, rcode));
        const followed = answer === null ? null : attempt(() => followAliases([asked], answer));
        if (followed === null) return;
        expect(followed[0]).toBe(asked);
        expect(new Set(followed).size).toBe(followed.length);
        followed.forEach((name, index) => {
          const next = followed[index + 1];
          expect([...targetsOf(answers, name)]).toEqual(next === undefined ? [] : [next]);
        });
      }),
      { numRuns: times(600, 3_000) },
    );
  });

  test('an address is that of the name at the end of the chain', () => {
    fc.assert(
      fc.property(records, (answers) => {
        const answer = readWhole(messageOf(answers, 0));
        const found = answer === null ? null : attempt(() => addressesIn(answer, question));
        if (answer === null || found === null) return;
        const end = followAliases([asked], answer).at(-1);
        const own = answers.flatMap(({ type, name, ...rest }) =>
          type === 'A' && name.toLowerCase() === end && 'data' in rest ? [rest.data] : [],
        );
        expect(found).toEqual(own);
      }),
      { numRuns: times(600, 3_000) },
    );
  });

  test('absence is said only by an answer without any record', () => {
    fc.assert(
      fc.property(records, fc.integer({ min: 0, max: 15 }), (answers, rcode) => {
        const answer = readWhole(messageOf(answers, rcode));
        if (answer === null) return;
        expect([0, 3]).toContain(rcode);
        const about = answers.filter((one) => one.name.toLowerCase() === asked && !('class' in one));
        expect(answers.length === 0 || about.length > 0).toBe(true);
      }),
      { numRuns: times(600, 3_000) },
    );
  });

  test('a message that is cut off or changed anywhere is read, not taken or refused, and nothing else', () => {
    fc.assert(
      fc.property(records, fc.nat(), fc.nat(255), fc.boolean(), (answers, at, byte, cut) => {
        const message = messageOf(answers, 0);
        const index = at % message.length;
        if (cut) readWhole(message.subarray(0, index));
        else {
          message[index] = byte;
          const answer = readWhole(message);
          if (answer !== null) attempt(() => addressesIn(answer, question));
        }
      }),
      { numRuns: times(600, 3_000) },
    );
  });
});
