/** One of the values that may be chosen. */
export interface Option<Value extends string = string> {
  value: Value;
  label: string;
  description?: string;
}
