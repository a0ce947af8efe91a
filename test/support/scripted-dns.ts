/** A DNS server that answers what a test says, byte for byte: what no real one would, and the sandbox's does not. */
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { type Socket as Connection, createServer, type Server } from 'node:net';
import {
  type Answer,
  type DecodedPacket,
  decode,
  encode,
  type Packet,
  RECURSION_AVAILABLE,
  streamDecode,
} from 'dns-packet';
import { describeFailure } from '../../lambda/aws/failure.ts';

export type Way = 'udp' | 'tcp';

export interface ScriptedDns {
  readonly address: string;
  readonly asked: readonly { readonly way: Way; readonly query: DecodedPacket; readonly port: number }[];
  readonly close: () => Promise<void>;
}

/** @returns the messages to send, in order; none: silence */
export type Script = (query: DecodedPacket, way: Way) => readonly Buffer[];

export async function startScriptedDns(
  script: Script,
  host: '127.0.0.1' | '::1' = '127.0.0.1',
): Promise<ScriptedDns> {
  const asked: ScriptedDns['asked'][number][] = [];
  const connections = new Set<Connection>();
  const tcp = createServer((connection) => {
    connections.add(connection);
    connection.on('error', () => undefined);
    connection.on('data', (data: Buffer) => {
      const query = streamDecode(data) as DecodedPacket;
      asked.push({ way: 'tcp', query, port: connection.remotePort ?? 0 });
      // Bit by bit, as a network may deliver it.
      for (const message of script(query, 'tcp'))
        for (const part of inPieces(message)) connection.write(part);
    });
  });
  const { udp, port } = await bindBoth(tcp, host);
  udp.on('message', (data, sender) => {
    const query = decode(data);
    asked.push({ way: 'udp', query, port: sender.port });
    for (const message of script(query, 'udp')) udp.send(message, sender.port, sender.address);
  });
  return {
    address: host === '::1' ? `[::1]:${port}` : `${host}:${port}`,
    asked,
    close: async () => {
      for (const connection of connections) connection.destroy();
      await Promise.all([new Promise((closed) => tcp.close(closed)), closeUdp(udp)]);
    },
  };
}

/** A port that is free for both: what UDP was given, another program may have for TCP. */
async function bindBoth(tcp: Server, host: string): Promise<{ udp: Socket; port: number }> {
  for (;;) {
    const udp = createSocket(host === '::1' ? 'udp6' : 'udp4');
    udp.bind(0, host);
    await once(udp, 'listening');
    const { port } = udp.address();
    tcp.listen(port, host);
    const error = await once(tcp, 'listening').then(
      () => null,
      (failed: NodeJS.ErrnoException) => failed,
    );
    if (error === null) return { udp, port };
    await closeUdp(udp);
    if (error.code !== 'EADDRINUSE') throw error;
  }
}

async function closeUdp(udp: Socket): Promise<void> {
  const closed = once(udp, 'close');
  udp.close();
  await closed;
}

function inPieces(message: Buffer): Buffer[] {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(message.length);
  const all = Buffer.concat([length, message]);
  return [all.subarray(0, 1), all.subarray(1, 9), all.subarray(9)];
}

/** An answer to a query, with what is to be different. */
export function answerTo(query: DecodedPacket, { flags = 0, ...different }: Packet = {}): Buffer {
  return encode({
    type: 'response',
    id: query.id,
    questions: query.questions,
    ...different,
    flags: (query.flags ?? 0) | RECURSION_AVAILABLE | flags,
  });
}

export function link(owner: string, target: string): Answer {
  return { type: 'CNAME', name: owner, data: target };
}

/** Why work failed, as an answer says it; what it gave, where it did not. */
export async function reasonOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    (value) => ({ value }),
    (error: unknown) => describeFailure(error).reason,
  );
}
