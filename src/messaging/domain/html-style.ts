const FONT = "font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const INK = '#1f2933';
const SOFT = '#5b6672';
const LINE = '#dfe3e8';
const LATE = '#b42318';

/** Inline styles: many mail programs drop a style sheet, so the light look must stand without one. */
export const STYLES = {
  page: `margin:0;padding:0;background:#f3f4f6;${FONT};-webkit-text-size-adjust:100%`,
  hidden: 'display:none;max-height:0;overflow:hidden;mso-hide:all',
  card: 'width:100%;max-width:600px;background:#ffffff;border-radius:8px',
  senderName: `margin:0;${FONT};font-size:18px;line-height:28px;font-weight:600;color:${INK}`,
  logo: 'display:block;height:40px;width:auto;max-width:240px;border:0',
  paragraph: `margin:16px 0;${FONT};font-size:16px;line-height:24px;color:${INK}`,
  legal: `margin:20px 0;padding:2px 0 2px 14px;${FONT};font-size:15px;line-height:23px;color:${INK}`,
  box: `width:100%;margin:20px 0;background:#f6f8f8;border:1px solid ${LINE};border-radius:8px`,
  amount: `margin:0;${FONT};font-size:28px;line-height:34px;font-weight:700;color:${INK}`,
  when: `margin:2px 0 14px;${FONT};font-size:16px;line-height:24px;color:${INK}`,
  label: `padding:2px 14px 2px 0;${FONT};font-size:14px;line-height:20px;color:${SOFT};vertical-align:top`,
  value: `padding:2px 0;${FONT};font-size:14px;line-height:20px;font-weight:600;color:${INK};vertical-align:top`,
  button: `display:inline-block;padding:12px 20px;${FONT};font-size:16px;line-height:20px;font-weight:600;text-decoration:none;border-radius:6px`,
  qr: 'display:block;margin:0 auto;border:0;border-radius:4px;background:#ffffff',
  scan: `margin:6px 0 0;${FONT};font-size:12px;line-height:16px;color:${SOFT};text-align:center`,
  table: 'width:100%;margin:24px 0;border-collapse:collapse',
  heading: `padding:0 12px 8px 0;${FONT};font-size:13px;line-height:18px;font-weight:600;color:${SOFT};border-bottom:1px solid ${LINE}`,
  cell: `padding:10px 12px 10px 0;${FONT};font-size:14px;line-height:20px;color:${INK};border-bottom:1px solid ${LINE};font-variant-numeric:tabular-nums`,
  small: `font-size:13px;line-height:18px;color:${SOFT}`,
  late: `font-size:13px;line-height:18px;color:${LATE}`,
  sum: `padding:8px 0 0;${FONT};font-size:14px;line-height:20px;color:${INK};font-variant-numeric:tabular-nums`,
  sumStrong: `padding:10px 0 0;${FONT};font-size:16px;line-height:22px;font-weight:700;color:${INK};font-variant-numeric:tabular-nums`,
  foot: `padding:16px 32px 24px;${FONT};font-size:13px;line-height:20px;color:${SOFT};border-top:1px solid ${LINE}`,
} as const;

/** Phone width and dark mode, for the programs that read a style sheet. */
export function styleSheet(): string {
  return [
    '.op-date{white-space:nowrap}',
    '@media (max-width:480px){',
    '.op-date{white-space:normal}',
    '.op-pad{padding-left:20px!important;padding-right:20px!important}',
    '.op-stack{display:block!important;width:auto!important;padding:16px!important}',
    '.op-qr{padding-top:0!important}',
    '.op-label{display:block!important;padding:6px 0 0!important}',
    '.op-value{display:block!important;padding:0!important}',
    '}',
    '@media (prefers-color-scheme:dark){',
    '.op-page{background:#12171c!important}',
    '.op-card{background:#1b2229!important}',
    '.op-box{background:#232c34!important;border-color:#38434d!important}',
    '.op-ink{color:#eef2f5!important}',
    '.op-soft,.op-foot{color:#aab4be!important}',
    '.op-late{color:#ff9b8f!important}',
    '.op-line,.op-foot{border-color:#38434d!important}',
    '}',
  ].join('');
}

/** White or near-black, whichever reads better on the colour (WCAG relative luminance). */
export function textColorOn(color: string): string {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((start) => Number.parseInt(color.slice(start, start + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return 1.05 / (luminance + 0.05) >= (luminance + 0.05) / 0.0632 ? '#ffffff' : '#111827';
}
