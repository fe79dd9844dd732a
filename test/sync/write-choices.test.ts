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

describe('what is written back follows what the package takes', () => {
  let engine: Engine;
  afterEach(() => engine.close());

  it('note and document, where both are taken', async () => {
    engine = await startEngine({ size: 5, debtors: 1 });
    const id = await enable(engine);
    const { body } = await engine.as.get(`/administrations/${id}`).expect(200);
    expect(body.writebackChoices).toEqual({ note: true, document: true });
  });

  it('no document, where none is taken, and nobody can ask for one', async () => {
    engine = await startEngine({ size: 5, debtors: 1, wrap: withoutDocuments });
    const id = await enable(engine);
    const { body } = await engine.as.get(`/administrations/${id}`).expect(200);
    expect(body.writebackChoices).toEqual({ note: true, document: false });
    const refused = await engine.as.patch(`/administrations/${id}`).send({ writebackChoices: { document: true } });
    expect(refused.status).toBe(400);
    expect(refused.body.errors).toMatchObject([{ path: 'writebackChoices.document' }]);
    await engine.as
      .patch(`/administrations/${id}`)
      .send({ writebackChoices: { note: false } })
      .expect(200);
  });
});
