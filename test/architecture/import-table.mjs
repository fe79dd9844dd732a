/**
 * Who may import whom, as data: a room imports only rooms of a line above its own. The lines and their reasons stand in
 * docs/architecture.md; change both in one commit.
 */
export const LINES = [
  ['kernel'],
  ['law', 'settings', 'persistence', 'queue'],
  ['http', 'ledger/domain', 'segmentation/domain', 'dunning/domain', 'messaging/domain', 'insight/domain'],
  ['ledger', 'connectors', 'messaging'],
  ['sync', 'segmentation', 'auth'],
  ['dunning', 'insight'],
  ['portal', 'health'],
];

const DOORS = '^src/[^/]+\\.ts$';

/** A room's own files; of a room with a pure part, what lies outside it. */
function filesOf(room) {
  return room.includes('/') ? `^src/${room}/` : `^src/${room}/(?!domain/)`;
}

function namesOf(line) {
  return LINES[line].map((room) => filesOf(room));
}

export function dependencyRules() {
  return [
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'No cycles, no exemptions.',
      from: { path: '^src/' },
      to: { circular: true },
    },
    {
      name: 'src-stands-alone',
      severity: 'error',
      comment: 'src never imports sandbox, bench or test.',
      from: { path: '^src/' },
      to: { path: '^(sandbox|bench|test)/' },
    },
    ...LINES.flatMap((rooms, line) =>
      rooms.map((room) => ({
        name: `line-${line}-${room.replace('/', '-')}`,
        severity: 'error',
        comment: `${room} stands on line ${line} and imports only lines above it`,
        from: { path: filesOf(room) },
        to: {
          path: [...LINES.slice(line).flatMap((_, offset) => namesOf(line + offset)), DOORS],
          pathNot: [filesOf(room)],
        },
      })),
    ),
    ...LINES.flat().map((room) => ({
      name: `door-of-${room.replace('/', '-')}`,
      severity: 'error',
      comment: `outsiders of ${room} import its index.ts (or an index.ts of a part of it)`,
      from: { path: '^src/', pathNot: [`^src/${room}/`] },
      to: { path: filesOf(room), pathNot: ['/index\\.ts$'] },
    })),
    {
      name: 'connectors-apart',
      severity: 'error',
      comment: 'connectors never see each other',
      from: { path: '^src/connectors/([^/]+)/' },
      to: {
        path: '^src/connectors/([^/]+/|index\\.ts$)',
        pathNot: ['^src/connectors/$1/', '^src/connectors/(contract|transport)/'],
      },
    },
    {
      name: 'connectors-plain',
      severity: 'error',
      comment: 'no Nest, no TypeORM, no bull in connectors, and of our own rooms only kernel and ledger/domain',
      from: { path: '^src/connectors/' },
      to: { path: ['node_modules/(@nestjs|typeorm|bull|pg)/', '^src/(law|settings|persistence|queue|http)/'] },
    },
    {
      name: 'domains-pure',
      severity: 'error',
      comment: 'kernel, law and domains touch no framework, network, file or database',
      from: { path: ['^src/kernel/', '^src/law/', '^src/[^/]+/domain/'] },
      to: {
        path: [
          '^src/(settings|persistence|queue|http)/',
          'node_modules/(@nestjs|typeorm|bull|pg|axios|nodemailer)/',
          '^(node:)?(fs|net|http|https|child_process)(/|$)',
        ],
      },
    },
  ];
}
