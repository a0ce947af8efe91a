/** The picture of the program's rooms, drawn from its imports. */
import { type House, readHouse } from './rooms.ts';

const [roomWidth, roomHeight, gap, floorHeight, margin] = [150, 44, 26, 96, 20];

/** What each room is for, in a few words; a test says that none is missing. */
export const purposes: Readonly<Record<string, string>> = {
  'answer/': 'verdict, next step',
  'aws/': 'clients, EC2, DNS',
  'config.ts': 'settings',
  'describe-failure.ts': 'EC2 would not say',
  'describe-subject.ts': 'EC2 describes it',
  'evidence/': 'claims, CloudTrail',
  'http/': 'requests, contract',
  'last-used.ts': 'a small memory',
  'lookup.ts': 'one subject, one answer',
  'main.ts': 'what Lambda runs',
  'model/': 'the words',
  'plain-text.ts': 'text made safe',
  'problem.ts': 'errors',
  'render/': 'text for people',
  'resolvers/': 'one file per service',
  'search.ts': 'which Region has it',
  'survey/': 'the engine',
  'sweep.ts': 'many endpoints',
  'telemetry/': 'logs, metrics',
  'time/': 'turns, limits',
  'world.ts': 'what is looked into',
};

export function drawRooms({ floors, arrows }: House): string {
  const widest = Math.max(...floors.map(({ length }) => length));
  const width = 2 * margin + widest * (roomWidth + gap) - gap;
  const height = 2 * margin + floors.length * floorHeight - (floorHeight - roomHeight);
  const places = new Map(
    [...floors].reverse().flatMap((rooms, row) => {
      const left = (width - (rooms.length * (roomWidth + gap) - gap)) / 2;
      return rooms.map((room, column) => {
        const at = { x: left + column * (roomWidth + gap), y: margin + row * floorHeight };
        return [room, at] as const;
      });
    }),
  );
  const lines = [...arrows].flatMap(([from, targets]) =>
    [...targets].map((to) => {
      const [a, b] = [places.get(from), places.get(to)];
      if (a === undefined || b === undefined) return '';
      const [x1, y1, x2, y2] = [a.x + roomWidth / 2, a.y + roomHeight, b.x + roomWidth / 2, b.y];
      return `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}"/>`;
    }),
  );
  const boxes = [...places].map(
    ([room, { x, y }]) =>
      `<rect x="${x}" y="${y}" width="${roomWidth}" height="${roomHeight}" rx="6"/>` +
      `<text x="${x + roomWidth / 2}" y="${y + 18}" font-weight="600">${room}</text>` +
      `<text x="${x + roomWidth / 2}" y="${y + 35}" font-size="11">${purposes[room] ?? ''}</text>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="The rooms of lambda/: each imports from lower floors only">
<style>rect{fill:#f5f7fa;stroke:#5a6b7f}text{fill:#1b2733;font:13px system-ui,sans-serif;text-anchor:middle}line{stroke:#b8c2cf}</style>
<rect x="0" y="0" width="${width}" height="${height}" style="fill:#fff;stroke:none"/>
${lines.join('\n')}
${boxes.join('\n')}
</svg>
`;
}

export function architecture(): string {
  return drawRooms(readHouse('lambda'));
}
