/**
 * One question to the DNS servers, until one of them answers it.
 *
 * Source: UDP, with a port and an id that nobody can guess for each try, and TCP for what does not fit into a packet.
 * Errors: the signal's reason as soon as it fires; `DnsFailure` for servers that cannot be reached or do not answer.
 */
import { randomInt } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { getServers } from 'node:dns';
import { connect, isIPv6 } from 'node:net';
import { limitConcurrency, unlessAborted } from '../time/limit.ts';
import type { Answer, Question } from './dns-answer.ts';
import { readAnswer, writeQuery } from './dns-message.ts';
import { DnsFailure } from './failure.ts';

export type AskDns = (question: Question, signal: AbortSignal) => Promise<Answer>;

/** How long a server has in the first round of all servers, and in the second. */
const roundsMs = [1500, 3000];
/** Queries in flight per process: a resolver in a VPC takes 1,024 packets a second from an interface. */
const queriesAtOnce = 64;
const defaultPort = 53;

interface Server {
  readonly host: string;
  readonly port: number;
}

interface Try {
  readonly server: Server;
  readonly question: Question;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** @param given `host:port` each; none: the system's */
export function createDnsQuery(given: readonly string[]): AskDns {
  const servers = (given.length > 0 ? given : getServers()).map(parseServer);
  const inTurn = limitConcurrency(queriesAtOnce);
  return (question, signal) =>
    unlessAborted(
      inTurn(signal, () => askInTurn(servers, question, signal)),
      signal,
    );
}

/** The second round is for those that kept silent in the first: what was said once would be said again. */
async function askInTurn(
  servers: readonly Server[],
  question: Question,
  signal: AbortSignal,
): Promise<Answer> {
  let failure = new DnsFailure(`there is no DNS server to ask (${question.name})`);
  let asked = servers;
  for (const timeoutMs of roundsMs) {
    const silent: Server[] = [];
    for (const server of asked) {
      try {
        return await askServer({ server, question, timeoutMs, signal });
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof DnsFailure && error.anotherMayKnow)) throw error;
        failure = error;
        if (error instanceof Silence) silent.push(server);
      }
    }
    asked = silent;
  }
  throw failure;
}

class Silence extends DnsFailure {}

const another = { anotherMayKnow: true };

async function askServer(one: Try): Promise<Answer> {
  const answer = await exchange(one, sendByUdp);
  if (answer !== 'truncated') return answer;
  const whole = await exchange(one, sendByTcp);
  if (whole !== 'truncated') return whole;
  throw new DnsFailure(`the DNS server's answer has no end (${one.question.name})`);
}

/** What a way to send needs: the query, and whom to tell what came of it. Both may be told after the end. */
interface Exchange {
  readonly query: Buffer;
  readonly receive: (message: Buffer) => void;
  readonly fail: (error: unknown) => void;
}

/** The first of an answer, an error, the end of the time and the signal ends it, and closes the socket. */
async function exchange(
  { server, question, timeoutMs, signal }: Try,
  send: (server: Server, exchange: Exchange) => () => void,
): Promise<Answer | 'truncated'> {
  signal.throwIfAborted();
  const id = randomInt(0x10000);
  const { name } = question;
  let end: () => void = () => undefined;
  const answer = new Promise<Answer | 'truncated'>((resolve, reject) => {
    const receive = (message: Buffer) => {
      try {
        const read = readAnswer(message, id, question);
        if (read !== null) resolve(read);
      } catch (error) {
        reject(error);
      }
    };
    const fail = (error: unknown) => reject(unreachable(error, name));
    const close = send(server, { query: writeQuery(id, question), receive, fail });
    const giveUp = () => reject(new Silence(`the DNS server did not answer in time (${name})`, another));
    const timer = setTimeout(giveUp, timeoutMs);
    const stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      close();
    };
  });
  return answer.finally(() => end());
}

/** Connected, so that the system drops what others send, and says when nobody is there. */
function sendByUdp({ host, port }: Server, { query, receive, fail }: Exchange): () => void {
  const socket = createSocket(isIPv6(host) ? 'udp6' : 'udp4');
  let open = true;
  socket.on('error', fail);
  socket.on('connect', () => {
    if (!open) return;
    socket.on('message', receive);
    socket.send(query, (error) => {
      if (error !== null) fail(error);
    });
  });
  socket.connect(port, host);
  return () => {
    open = false;
    socket.close();
  };
}

/** Each message follows its length, in two bytes. */
function sendByTcp({ host, port }: Server, { query, receive, fail }: Exchange): () => void {
  const socket = connect({ host, port });
  let received: Buffer = Buffer.alloc(0);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(query.length);
  socket.on('error', fail);
  socket.on('close', () => fail(new Error('closed')));
  socket.on('connect', () => socket.write(Buffer.concat([length, query])));
  socket.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
    while (received.length >= 2 && received.length >= 2 + received.readUInt16BE(0)) {
      const end = 2 + received.readUInt16BE(0);
      receive(received.subarray(2, end));
      received = received.subarray(end);
    }
  });
  return () => socket.destroy();
}

/** The code of the socket, such as ECONNREFUSED. */
function unreachable(error: unknown, name: string): DnsFailure {
  const { code = 'the connection was closed' } = error as NodeJS.ErrnoException;
  return new DnsFailure(`the DNS server could not be reached: ${code} (${name})`, another);
}

/** `127.0.0.1`, `127.0.0.1:53`, `::1` or `[::1]:53` */
function parseServer(server: string): Server {
  if (isIPv6(server)) return { host: server, port: defaultPort };
  const [, bracketed, plain = '', port] = /^(?:\[(.+)\]|([^:]*))(?::(\d+))?$/.exec(server) ?? [];
  return { host: bracketed ?? plain, port: port === undefined ? defaultPort : Number(port) };
}
