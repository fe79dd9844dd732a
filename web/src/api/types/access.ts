export interface Session {
  user: { id: string; name: string; email: string; role: string };
  firm: { id: string; name: string };
}

export interface DemoLogin {
  email: string;
  password: string;
}

export interface ApiKey {
  id: string;
  name: string;
  role: string;
  createdAt?: string;
  lastUsedAt?: string | null;
}

export interface NewApiKey extends ApiKey {
  key: string;
}

export interface AuditEntry {
  id?: string;
  at: string;
  actor: string;
  action: string;
  subject: string;
  detail: unknown;
}
