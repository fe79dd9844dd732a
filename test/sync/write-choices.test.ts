import type { Connector } from '../../src/connectors/contract/index.js';
import { enable, startEngine, type Engine } from './support/engine.js';

/** The same package, as if it took no documents. */
const withoutDocuments = (connector: Connector): Connector => ({
  ...connector,
  declaration: {
    ...connector.declaration,
    objects: connector.declaration.objects.map((row) => ({
      ...row,
      writeOperations: row.writeOperations.filter(({ operation }) => operation !== 'document'),
    })),
  },
});

const NOTHING = { note: false, document: false, task: false, dunningStatus: false, badge: false, standing: false, ownReminders: false, reminderEmail: false }; // prettier-ignore

describe('what is written back follows what the package takes', () => {
  let engine: Engine;
  afterEach(() => engine.close());

  it('note and document, where both are taken', async () => {
    engine = await startEngine({ size: 5, debtors: 1 });
    const id = await enable(engine);
    const { body } = await engine.as.get(`/administrations/${id}`).expect(200);
    expect(body.writebackChoices).toEqual({ ...NOTHING, note: true, document: true });
  });

  it('what shows up in somebody else’s work only when an admin asks for it, and nothing that the package has no place for', async () => {
    engine = await startEngine({ size: 5, debtors: 1 });
    const id = await enable(engine);
    const choose = (writebackChoices: object) => engine.as.patch(`/administrations/${id}`).send({ writebackChoices });
    const { body } = await choose({ task: true, standing: true }).expect(200);
    expect(body.writebackChoices).toEqual({ ...NOTHING, note: true, document: true, task: true, standing: true });
    for (const choice of ['dunningStatus', 'badge', 'ownReminders', 'reminderEmail']) {
      const refused = await choose({ [choice]: true });
      expect([refused.status, refused.body.errors?.[0]?.path]).toEqual([400, `writebackChoices.${choice}`]);
    }
    await choose({ somethingElse: true }).expect(400);
  });

  it('no document, where none is taken, and nobody can ask for one', async () => {
    engine = await startEngine({ size: 5, debtors: 1, wrap: withoutDocuments });
    const id = await enable(engine);
    const { body } = await engine.as.get(`/administrations/${id}`).expect(200);
    expect(body.writebackChoices).toEqual({ ...NOTHING, note: true });
    const refused = await engine.as.patch(`/administrations/${id}`).send({ writebackChoices: { document: true } });
    expect(refused.status).toBe(400);
    expect(refused.body.errors).toMatchObject([{ path: 'writebackChoices.document' }]);
    await engine.as
      .patch(`/administrations/${id}`)
      .send({ writebackChoices: { note: false } })
      .expect(200);
  });
});
