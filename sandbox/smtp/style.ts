/** The look of the inbox: calm, one accent, light and dark from the same tokens. */
export const STYLE = `
:root { color-scheme: light dark; --accent: #0f766e; --text: #1f2937; --muted: #4b5563; --line: #e5e7eb; --page: #fff; }
@media (prefers-color-scheme: dark) { :root { --accent: #5eead4; --text: #e5e7eb; --muted: #9ca3af; --line: #374151; --page: #111827; } }
body { margin: 0; font: 14px/1.5 Inter, system-ui, sans-serif; color: var(--text); background: var(--page); }
main { max-width: 1100px; margin: 0 auto; padding: 24px 16px; }
h1 { font-size: 22px; margin: 0 0 4px; overflow-wrap: anywhere; } h2 { font-size: 16px; margin: 24px 0 8px; }
header p, small, dt, .empty { color: var(--muted); } header p { margin: 0 0 16px; }
a { color: var(--accent); } a:focus-visible, button:focus-visible, input:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
form { margin: 0 0 16px; } input, button { font: inherit; font-size: 16px; padding: 6px 10px; border: 1px solid var(--muted); border-radius: 6px; background: var(--page); color: inherit; }
button { border-color: var(--accent); color: var(--accent); cursor: pointer; }
table { width: 100%; border-collapse: collapse; } th, td { text-align: left; padding: 9px 8px; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere; }
th { color: var(--muted); font-weight: 500; white-space: nowrap; } .moment { white-space: nowrap; font-variant-numeric: tabular-nums; } .number { text-align: right; font-variant-numeric: tabular-nums; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 4px 16px; } dd { margin: 0; overflow-wrap: anywhere; }
iframe { width: 100%; height: 70vh; border: 1px solid var(--line); border-radius: 6px; background: #fff; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; padding: 12px; border: 1px solid var(--line); border-radius: 6px; }
@media (max-width: 600px) { th:nth-child(2), td:nth-child(2), th:nth-child(5), td:nth-child(5) { display: none; } dl { grid-template-columns: 1fr; } }
`;
