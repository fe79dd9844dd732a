import { ActionIcon, Menu, useMantineColorScheme } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { JSX } from 'react';
import { useLogout } from '../api/actions';
import { useSession } from '../api/queries';
import { chooseLanguage, LANGUAGES } from '../i18n';
import { notifyFailed } from '../ui/feedback';
import { Icon } from '../ui/icons';
import { useText } from '../ui/text';

const SCHEMES = ['auto', 'light', 'dark'] as const;
const OWN_NAMES = { nl: 'Nederlands', en: 'English' } as const;

/** Who is signed in, language, appearance, sign out. */
export function UserMenu(): JSX.Element {
  const { t } = useText();
  const session = useSession().data;
  return (
    <Menu position="bottom-end" width={240} withinPortal>
      <Menu.Target>
        <ActionIcon variant="default" size="lg" radius="xl" aria-label={t('common.account')} data-testid="user-menu">
          <Icon name="user" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {session !== undefined && (
          <Menu.Label>
            <div className="op-strong" style={{ color: 'var(--op-ink)' }}>
              {session.user.name}
            </div>
            {session.firm.name}
          </Menu.Label>
        )}
        <Menu.Divider />
        <LanguageItems />
        <Menu.Divider />
        <SchemeItems />
        <Menu.Divider />
        <SignOutItem />
      </Menu.Dropdown>
    </Menu>
  );
}

function LanguageItems(): JSX.Element {
  const { t, language } = useText();
  return (
    <>
      <Menu.Label>{t('common.language')}</Menu.Label>
      {LANGUAGES.map((each) => (
        <Menu.Item
          key={each}
          lang={each}
          onClick={() => chooseLanguage(each)}
          rightSection={language === each ? <Icon name="check" /> : null}
          data-testid={`language-${each}`}
        >
          {OWN_NAMES[each]}
        </Menu.Item>
      ))}
    </>
  );
}

function SchemeItems(): JSX.Element {
  const { t } = useText();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <>
      <Menu.Label>{t('common.appearance')}</Menu.Label>
      {SCHEMES.map((each) => (
        <Menu.Item
          key={each}
          onClick={() => setColorScheme(each)}
          rightSection={colorScheme === each ? <Icon name="check" /> : null}
        >
          {t(`common.${each}`)}
        </Menu.Item>
      ))}
    </>
  );
}

function SignOutItem(): JSX.Element {
  const text = useText();
  const logout = useLogout();
  const client = useQueryClient();
  const navigate = useNavigate();
  const leave = (): void =>
    logout.mutate(undefined, {
      onSuccess: () => {
        client.clear();
        void navigate({ to: '/login' });
      },
      onError: (error) => notifyFailed(error, text),
    });
  return (
    <Menu.Item onClick={leave} data-testid="sign-out">
      {text.t('common.signOut')}
    </Menu.Item>
  );
}
