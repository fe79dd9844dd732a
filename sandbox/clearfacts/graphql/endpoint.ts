import {
  buildASTSchema,
  execute,
  GraphQLError,
  Kind,
  NoSchemaIntrospectionCustomRule,
  parse,
  specifiedRules,
  validate,
  visit,
  type DocumentNode,
  type GraphQLSchema,
  type ObjectTypeDefinitionNode,
  type ObjectTypeExtensionNode,
} from 'graphql';
import { jsonAnswer, type Answer, type Call } from '../../http/index.js';
import { bearerOf, unauthorised, type TokenStore } from '../oauth/index.js';
import type { Site } from '../options.js';
import type { Ledger } from '../store/index.js';
import { askedOf } from './asked.js';
import type { Context, ServedList } from './context.js';
import { EXTENDED_SCHEMA } from './extended-schema.js';
import { EXTENDED_MUTATIONS, EXTENDED_QUERIES } from './extended.js';
import { PUBLIC_MUTATIONS } from './public-mutations.js';
import { PUBLIC_QUERIES } from './public-queries.js';
import { PUBLIC_SCHEMA } from './public-schema.js';

/** An answer and the list in it. */
export interface Served {
  readonly answer: Answer;
  readonly list: ServedList | null;
}

/** `POST /graphql`: one endpoint, a bearer token, status 200 with a list of messages for whatever goes wrong. */
export class GraphQlEndpoint {
  private readonly schema: GraphQLSchema;
  private readonly root: object;

  constructor(
    private readonly site: Site,
    private readonly tokens: TokenStore,
    private readonly ledger: Ledger,
  ) {
    const isExtended = site.profile === 'extended';
    this.schema = schemaWithout(site.missingFields, isExtended ? PUBLIC_SCHEMA + EXTENDED_SCHEMA : PUBLIC_SCHEMA);
    const extended = isExtended ? { ...EXTENDED_QUERIES, ...EXTENDED_MUTATIONS } : {};
    this.root = { ...PUBLIC_QUERIES, ...PUBLIC_MUTATIONS, ...extended };
  }

  async answer(call: Call): Promise<Served> {
    const token = this.tokens.findAccess(bearerOf(call) ?? '');
    if (token === null) return { answer: unauthorised(), list: null };
    const asked = askedOf(call);
    if (asked === null)
      return { answer: jsonAnswer(400, { errors: [{ message: 'Must provide query string.' }] }), list: null };
    const context: Context = { site: this.site, ledger: this.ledger, token, file: asked.file, served: null };
    const document = this.documentOf(asked.query);
    if (!('kind' in document)) return { answer: toAnswer(document, undefined), list: null };
    const result = await execute({
      schema: this.schema,
      document,
      rootValue: this.root,
      contextValue: context,
      variableValues: asked.variables,
      operationName: asked.operationName,
    });
    return { answer: toAnswer(result.errors ?? [], result.data), list: context.served };
  }

  private documentOf(query: string): DocumentNode | readonly GraphQLError[] {
    try {
      const document = parse(query);
      const rules = this.site.introspection ? specifiedRules : [...specifiedRules, NoSchemaIntrospectionCustomRule];
      const errors = validate(this.schema, document, rules);
      return errors.length > 0 ? errors : document;
    } catch (error) {
      if (error instanceof GraphQLError) return [error];
      throw error;
    }
  }
}

/** Byte for byte as seen on the live API: the messages alone, before the data. */
function toAnswer(errors: readonly GraphQLError[], data: unknown): Answer {
  const body = {
    ...(errors.length === 0 ? {} : { errors: errors.map(({ message }) => ({ message })) }),
    ...(data === undefined ? {} : { data }),
  };
  return { status: 200, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
}

/** The root fields a call asks for, in order; none when it cannot be read. For the log and for faults. */
export function rootFieldsOf(call: Call): readonly string[] {
  try {
    const asked = askedOf(call);
    return (asked === null ? [] : parse(asked.query).definitions).flatMap((definition) =>
      definition.kind === Kind.OPERATION_DEFINITION
        ? definition.selectionSet.selections.flatMap((each) => (each.kind === Kind.FIELD ? [each.name.value] : []))
        : [],
    );
  } catch {
    return [];
  }
}

const ROOTS = ['Query', 'Mutation'];

/** The schema of an API that does not have some of the root fields. */
function schemaWithout(missing: readonly string[], text: string): GraphQLSchema {
  const prune = <Node extends ObjectTypeDefinitionNode | ObjectTypeExtensionNode>(node: Node): Node | undefined =>
    ROOTS.includes(node.name.value)
      ? { ...node, fields: (node.fields ?? []).filter(({ name }) => !missing.includes(name.value)) }
      : undefined;
  return buildASTSchema(visit(parse(text), { ObjectTypeDefinition: prune, ObjectTypeExtension: prune }));
}
