/** A default text before it has a key, a language and a version. */
export interface TemplateText {
  readonly subject: string;
  readonly body: string;
}
