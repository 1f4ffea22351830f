/** A parameter or field of the API; `name` is dotted where it lies deeper. */
export type ApiField = {
  readonly name: string;
  readonly kind: string;
  readonly required: boolean;
  readonly says: string;
};

/** One operation of the API, for people. */
export type ApiOperation = {
  readonly anchor: string;
  readonly method: string;
  readonly path: string;
  readonly does: string;
  readonly more: string;
  readonly who: string;
  readonly parameters: readonly ApiField[];
  readonly body: readonly ApiField[];
  readonly answers: string;
  readonly refusals: readonly { readonly code: string; readonly status: number }[];
  readonly sample: string;
};

export type ApiChapter = {
  readonly id: string;
  readonly title: string;
  readonly operations: readonly ApiOperation[];
};

/** An object that answers speak of by its name. */
export type ApiObject = { readonly name: string; readonly fields: readonly ApiField[] };
