import { Injectable } from '@nestjs/common';
import type { MessageLanguage, MessageTemplate, TemplateKey } from '../../messaging/domain/index.js';
import { defaultTemplates } from '../../messaging/templates/index.js';
import type { Transaction } from '../../persistence/index.js';

type TemplateText = Pick<MessageTemplate, 'key' | 'language' | 'subject' | 'body'>;

const CURRENT = `select key, language, version, subject, body from message_template
  where administration_id = $1 and current order by language, key`;

/** The versioned texts of an administration. */
@Injectable()
export class TemplateRepository {
  /** The current texts; an administration that has none yet gets the defaults, once, whoever comes first. */
  async current(transaction: Transaction, administrationId: string): Promise<readonly MessageTemplate[]> {
    const rows = (await transaction.query(CURRENT, [administrationId])) as MessageTemplate[];
    if (rows.length > 0) return rows;
    await this.insert(transaction, administrationId, { templates: defaultTemplates(), actor: 'openpost' });
    return (await transaction.query(CURRENT, [administrationId])) as MessageTemplate[];
  }

  /** Stores the texts that differ from the current version as a new one; the others stay. Returns what changed. */
  async replace(
    transaction: Transaction,
    administrationId: string,
    change: { templates: readonly TemplateText[]; actor: string },
  ): Promise<readonly TemplateText[]> {
    await transaction.query('select id from administration where id = $1 for update', [administrationId]);
    const before = await this.current(transaction, administrationId);
    const templates = change.templates.filter(({ key, language, subject, body }) => {
      const known = findTemplate(before, key, language);
      return known === undefined || known.subject !== subject || known.body !== body;
    });
    await transaction.query(
      `update message_template t set current = false from jsonb_to_recordset($2::jsonb) as x(key text, language text)
       where t.administration_id = $1 and t.current and t.key = x.key and t.language = x.language`,
      [administrationId, JSON.stringify(templates)],
    );
    await this.insert(transaction, administrationId, { templates, actor: change.actor });
    return templates;
  }

  private async insert(
    transaction: Transaction,
    administrationId: string,
    change: { templates: readonly TemplateText[]; actor: string },
  ): Promise<void> {
    await transaction.query(
      `insert into message_template (administration_id, firm_id, key, language, version, subject, body, created_by)
       select a.id, a.firm_id, x.key, x.language, 1 + coalesce((select max(version) from message_template t
         where t.administration_id = a.id and t.key = x.key and t.language = x.language), 0), x.subject, x.body, $3
       from administration a, jsonb_to_recordset($2::jsonb) as x(key text, language text, subject text, body text)
       where a.id = $1 on conflict do nothing`,
      [administrationId, JSON.stringify(change.templates), change.actor],
    );
  }
}

export function findTemplate(
  templates: readonly MessageTemplate[],
  key: TemplateKey,
  language: MessageLanguage,
): MessageTemplate | undefined {
  return templates.find((template) => template.key === key && template.language === language);
}
