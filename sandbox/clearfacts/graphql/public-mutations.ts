import { createHash, randomUUID } from 'node:crypto';
import { businessDateIn } from '../../../src/kernel/index.js';
import type { AppInfoRecord, DocumentRecord } from '../store/index.js';
import { administrationOf, refuse, scoped, type Arguments, type Context, type Resolvers } from './context.js';

export const PUBLIC_MUTATIONS: Resolvers = {
  uploadFile: scoped('upload_document', uploadFile),
  uploadArchiveFile: scoped('archive_actions', uploadArchiveFile),
  addAssociate: scoped('associate_actions', ({ associate }) => ({
    ...(associate as object),
    id: randomUUID(),
    plainPassword: createHash('sha256').update(JSON.stringify(associate)).digest('base64url').slice(0, 12),
  })),
  editAssociate: scoped('associate_actions', ({ associate }) => associate),
  updateAppInfo: scoped(null, updateAppInfo),
};

/** Tags break the live server: an internal error, and the upload is lost. A duplicate is simply taken. */
function uploadFile(args: Arguments, context: Context): unknown {
  const { companyNumber } = administrationOf(args, context);
  if (args['tags'] !== undefined && args['tags'] !== null) throw refuse('Internal server error');
  const type = typeof args['invoicetype'] === 'string' ? args['invoicetype'] : 'PURCHASE';
  return store(args, context, { companyNumber, type, category: null, paymentState: 'UNPAID' });
}

function uploadArchiveFile(args: Arguments, context: Context): unknown {
  const { companyNumber, archive } = administrationOf(args, context);
  const list = args['type'] === 'PERMANENT' ? archive.permanent : archive.various;
  const category = String(args['category']);
  if (!list.some(({ id }) => id === category)) throw refuse('Archive category not found.');
  return store(args, context, { companyNumber, type: null, category, paymentState: null });
}

function store(
  args: Arguments,
  { file, site, ledger }: Context,
  where: Pick<DocumentRecord, 'companyNumber' | 'type' | 'category' | 'paymentState'>,
): unknown {
  if (file === null || !isTaken(file)) throw refuse('Invalid file.');
  const comment = typeof args['comment'] === 'string' ? args['comment'] : null;
  const document: DocumentRecord = {
    ...where,
    uuid: randomUUID(),
    name: String(args['filename']),
    amountOfPages: pagesOf(file),
    comment,
    date: businessDateIn(site.clock.now(), 'Europe/Brussels'),
    bytes: file.length,
    sha256: createHash('sha256').update(file).digest('hex'),
  };
  ledger.putDocument(document);
  const { uuid, name, amountOfPages } = document;
  return { uuid, name, amountOfPages, comment, tags: [] };
}

/** PDF, JPEG and XML are taken. */
function isTaken(file: Buffer): boolean {
  const head = file.subarray(0, 64).toString('latin1').replace(/^ï»¿/, '').trimStart();
  return head.startsWith('%PDF') || head.startsWith('\xff\xd8\xff') || head.startsWith('<');
}

function pagesOf(file: Buffer): number {
  return Math.max(1, file.toString('latin1').match(/\/Type\s*\/Page(?!s)\b/g)?.length ?? 0);
}

/** The tile of the app in the client's file. What is not given stays. */
function updateAppInfo(args: Arguments, context: Context): unknown {
  const administration = administrationOf(args, context);
  const old = administration.appInfo ?? { imageUrl: null, emailaddress: null, badge: null, icon: null };
  const { imageUrl, emailaddress, badge, icon } = args as unknown as Partial<AppInfoRecord>;
  const given = { imageUrl, emailaddress, badge, icon };
  const set = Object.entries(given).filter(([, value]) => value !== undefined);
  administration.putAppInfo({ ...old, ...(Object.fromEntries(set) as Partial<AppInfoRecord>) });
  return administration.appInfo;
}
