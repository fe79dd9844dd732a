import type { JSX } from 'react';
import { lookUp, useText } from '../../ui/text';

/** A reason in the reader's language; the server's own sentence when the code is newer than this page. */
export function ReasonText({ code, fallback }: { code: string; fallback?: string | undefined }): JSX.Element {
  const text = useText();
  const known = text.has(`reasons.code.${code}`);
  return <span title={code}>{known || !fallback ? lookUp(text, 'reasons.code', code) : fallback}</span>;
}
