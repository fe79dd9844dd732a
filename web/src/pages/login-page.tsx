import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import type { FormEvent, JSX } from 'react';
import { useLogin } from '../api/actions';
import { ProblemError } from '../api/client';
import { keys } from '../api/keys';
import { useDemoLogin } from '../api/queries';
import type { DemoLogin } from '../api/types';
import { useFilters } from '../search';
import { explain, Notice } from '../ui/feedback';
import type { TextTools } from '../ui/text';
import { useText } from '../ui/text';

function whyNot(error: unknown, text: TextTools): string {
  if (error instanceof ProblemError && error.status === 401) return text.t('login.wrong');
  if (error instanceof ProblemError && error.status === 429) return text.t('login.tooMany');
  const { title, text: detail } = explain(error, text);
  return `${title}. ${detail}`;
}

/** Only addresses of our own site: a path that starts with exactly one slash. */
function safeNext(next: string | undefined): string {
  return next !== undefined && /^\/(?![/\\])/.test(next) ? next : '/';
}

export function LoginPage(): JSX.Element {
  const { t } = useText();
  const [{ result }] = useFilters();
  const demo = useDemoLogin().data;
  const [typed, setTyped] = useState<DemoLogin>({ email: '', password: '' });
  return (
    <main className="op-login">
      <div className="op-stack" style={{ gap: 24 }}>
        <div>
          <div className="op-brand" style={{ fontSize: '1.25rem' }}>
            <img src="/favicon.svg" alt="" width="32" height="32" />
            {t('common.appName')}
          </div>
          <p className="op-muted" style={{ marginTop: 8 }}>
            {t('login.intro')}
          </p>
        </div>
        {result === 'expired' && <Notice tone="accent" icon="info" title={t('login.expired')} />}
        <LoginForm typed={typed} setTyped={setTyped} />
        {demo !== null && demo !== undefined && (
          <Notice tone="accent" icon="info" title={t('login.demoTitle')} testId="demo-hint">
            <p>{t('login.demo', { ...demo })}</p>
            <Button variant="transparent" px={0} size="sm" onClick={() => setTyped(demo)} data-testid="use-demo">
              {t('login.useDemo')}
            </Button>
          </Notice>
        )}
      </div>
    </main>
  );
}

interface LoginFormProps {
  typed: DemoLogin;
  setTyped: (value: DemoLogin) => void;
}

function LoginForm({ typed, setTyped }: LoginFormProps): JSX.Element {
  const text = useText();
  const login = useLogin();
  const client = useQueryClient();
  const router = useRouter();
  const [{ next }] = useFilters();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    login.mutate(typed, {
      onSuccess: (session) => {
        client.setQueryData(keys.session, session);
        router.history.push(safeNext(next));
      },
    });
  };
  return (
    <form className="op-stack op-card" style={{ padding: 24 }} onSubmit={submit} data-testid="login-form">
      <h1>{text.t('login.title')}</h1>
      <TextInput
        label={text.t('login.email')}
        type="email"
        name="email"
        autoComplete="username"
        size="md"
        required
        withAsterisk={false}
        value={typed.email}
        onChange={(event) => setTyped({ ...typed, email: event.currentTarget.value })}
        data-testid="login-email"
      />
      <PasswordInput
        label={text.t('login.password')}
        name="password"
        autoComplete="current-password"
        size="md"
        required
        withAsterisk={false}
        value={typed.password}
        onChange={(event) => setTyped({ ...typed, password: event.currentTarget.value })}
        data-testid="login-password"
      />
      {login.isError && (
        <p role="alert" data-testid="login-error" style={{ color: 'var(--op-failed)' }}>
          {whyNot(login.error, text)}
        </p>
      )}
      <Button type="submit" size="md" loading={login.isPending} data-testid="login-submit">
        {text.t('login.submit')}
      </Button>
    </form>
  );
}
