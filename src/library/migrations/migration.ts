/** One step of the schema. Once released it never changes; its version is the `user_version` it leads to. */
export interface Migration {
  readonly version: number;
  readonly sql: string;
}
