/** Records of a table by something they have in common. */
export class GroupIndex<R> {
  private readonly groups = new Map<string, Map<string, R>>();

  constructor(private readonly groupsOf: (record: R) => readonly string[]) {}

  add(key: string, record: R): void {
    for (const name of this.groupsOf(record)) {
      const group = this.groups.get(name);
      if (group === undefined) this.groups.set(name, new Map([[key, record]]));
      else group.set(key, record);
    }
  }

  remove(key: string, record: R): void {
    for (const name of this.groupsOf(record)) {
      const group = this.groups.get(name);
      group?.delete(key);
      if (group?.size === 0) this.groups.delete(name);
    }
  }

  of(name: string): R[] {
    return [...(this.groups.get(name)?.values() ?? [])];
  }

  first(name: string): R | undefined {
    return this.groups.get(name)?.values().next().value;
  }

  names(): string[] {
    return [...this.groups.keys()];
  }
}
