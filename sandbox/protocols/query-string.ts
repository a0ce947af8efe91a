import type { Input, WireRequest } from './protocol.ts';

interface Tree {
  [key: string]: string | Tree;
}

/** The fields of a form: AWS's query protocols write `{Filters: [{Name: 'a'}]}` as `Filters.Filter.1.Name=a`. */
export function readForm(request: WireRequest): { action: string; version: string; fields: Input } {
  const {
    Action: action = '',
    Version: version = '',
    ...flat
  } = Object.fromEntries(new URLSearchParams(request.body));
  const tree: Tree = {};
  for (const [path, value] of Object.entries(flat)) plant(tree, path.split('.'), value);
  return { action, version, fields: branches(tree) };
}

function plant(tree: Tree, [head = '', ...rest]: string[], value: string): void {
  if (rest.length === 0) {
    tree[head] = value;
    return;
  }
  const known = Object.hasOwn(tree, head) ? tree[head] : undefined;
  const branch: Tree = typeof known === 'object' ? known : {};
  tree[head] = branch;
  plant(branch, rest, value);
}

/** Numbered branches are lists, and so is a branch that holds nothing but one (`Filters.Filter.1`). */
function collapse(tree: Tree): unknown {
  const keys = Object.keys(tree);
  if (keys.length > 0 && keys.every((key) => /^\d+$/.test(key))) {
    return keys.sort((a, b) => Number(a) - Number(b)).map((key) => member(key, tree[key]));
  }
  const fields = branches(tree);
  const [only] = Object.values(fields);
  return keys.length === 1 && Array.isArray(only) && isWrapper(keys[0]) ? only : fields;
}

function branches(tree: Tree): Input {
  return Object.fromEntries(Object.entries(tree).map(([key, value]) => [key, member(key, value)]));
}

/** The element names that the services of this sandbox wrap the members of their request lists in. */
function isWrapper(key: string | undefined): boolean {
  return key !== undefined && ['member', 'Filter', 'Value', 'TagKey', 'TagValue'].includes(key);
}

function member(key: string, value: string | Tree | undefined): unknown {
  if (typeof value === 'object') return collapse(value);
  if (/^Max(Results|Records)$/.test(key) && /^-?\d+$/.test(value ?? '')) return Number(value);
  if (/^(DryRun|Include\w+)$/.test(key) && /^(true|false)$/.test(value ?? '')) return value === 'true';
  return value;
}
