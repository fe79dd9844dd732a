import { Button } from '@mantine/core';
import type { JSX } from 'react';
import { useReconnect } from '../../api/actions';
import { notifyFailed } from '../../ui/feedback';
import { useText } from '../../ui/text';

interface ReconnectButtonProps {
  id: string;
  size?: 'xs' | 'sm';
  quiet?: boolean;
}

/** Leaves for the accounting package's own consent page. */
export function ReconnectButton({ id, size = 'sm', quiet = false }: ReconnectButtonProps): JSX.Element {
  const text = useText();
  const reconnect = useReconnect(id);
  const go = (): void =>
    reconnect.mutate(undefined, {
      // Where nobody signs in it works again at once.
      onSuccess: ({ authorizeUrl }) => {
        if (authorizeUrl !== null) globalThis.location.assign(authorizeUrl);
      },
      onError: (error) => notifyFailed(error, text),
    });
  return (
    <Button
      size={size}
      variant={quiet ? 'default' : 'filled'}
      loading={reconnect.isPending}
      onClick={go}
      data-testid="reconnect"
    >
      {text.t('connections.reconnect')}
    </Button>
  );
}
