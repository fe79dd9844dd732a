import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { FormEvent, JSX } from 'react';
import { useSaveTemplates } from '../../api/actions';
import { useAdministrationPart } from '../../api/queries';
import type { Administration, Page, Template } from '../../api/types';
import { Empty, Failed, Loaded, notifyDone } from '../../ui/feedback';
import { Section } from '../../ui/page';
import { lookUp, useText } from '../../ui/text';
import { TemplatePreview } from './template-preview-view';

export function Templates({ administration }: { administration: Administration }): JSX.Element {
  const { t } = useText();
  const query = useAdministrationPart<Page<Template>>(administration.id, 'templates');
  return (
    <Loaded from={query} lines={10}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty title={t('settings.templates.emptyTitle')} text={t('settings.templates.emptyText')} />
        ) : (
          <TemplateChoice administrationId={administration.id} items={items} />
        )
      }
    </Loaded>
  );
}

interface TemplateChoiceProps {
  administrationId: string;
  items: Template[];
}

function TemplateChoice({ administrationId, items }: TemplateChoiceProps): JSX.Element {
  const text = useText();
  const { t } = text;
  const [chosen, choose] = useState({ key: items[0]?.key ?? '', language: items[0]?.language ?? '' });
  const templates = [...new Set(items.map((each) => each.key))];
  const languages = items.filter((each) => each.key === chosen.key).map((each) => each.language);
  const language = languages.includes(chosen.language) ? chosen.language : languages[0];
  const template = items.find((each) => each.key === chosen.key && each.language === language);
  return (
    <div className="op-stack">
      <p className="op-muted">{t('settings.templates.intro')}</p>
      <div className="op-filters">
        <NativeSelect
          label={t('settings.templates.template')}
          value={chosen.key}
          data={templates.map((key) => ({ value: key, label: lookUp(text, 'settings.templates.names', key) }))}
          onChange={(event) => choose({ ...chosen, key: event.currentTarget.value })}
          data-testid="template-key"
        />
        <NativeSelect
          label={t('settings.templates.language')}
          value={language}
          data={languages.map((each) => ({ value: each, label: lookUp(text, 'states.lang', each) }))}
          onChange={(event) => choose({ ...chosen, language: event.currentTarget.value })}
          data-testid="template-language"
        />
      </div>
      {template !== undefined && (
        <Editor
          key={`${template.key}-${template.language}-${template.version}`}
          administrationId={administrationId}
          template={template}
        />
      )}
    </div>
  );
}

interface EditorProps {
  administrationId: string;
  template: Template;
}

function Editor({ administrationId, template }: EditorProps): JSX.Element {
  const { t } = useText();
  const save = useSaveTemplates(administrationId);
  const [subject, setSubject] = useState(template.subject);
  const [body, setBody] = useState(template.body);
  const changed = subject !== template.subject || body !== template.body;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const { key, language } = template;
    save.mutate([{ key, language, subject, body }], { onSuccess: () => notifyDone(t('common.saved')) });
  };
  return (
    <div className="op-halves">
      <form className="op-stack" onSubmit={submit} data-testid="template-form">
        <TextInput
          size="md"
          required
          label={t('settings.templates.subject')}
          value={subject}
          onChange={(event) => setSubject(event.currentTarget.value)}
        />
        <Textarea
          size="md"
          rows={18}
          required
          label={t('settings.templates.body')}
          description={t('settings.templates.bodyHint', { field: '{{ invoice.number }}' })}
          value={body}
          onChange={(event) => setBody(event.currentTarget.value)}
        />
        {save.isError && <Failed error={save.error} />}
        <div className="op-row">
          <Button type="submit" disabled={!changed} loading={save.isPending} data-testid="template-save">
            {t('settings.templates.save')}
          </Button>
          <span className="op-muted op-small">
            {changed ? t('settings.templates.unsaved') : t('settings.templates.version', { version: template.version })}
          </span>
        </div>
      </form>
      <Section title={t('settings.templates.preview')}>
        <TemplatePreview subject={subject} body={body} />
      </Section>
    </div>
  );
}
