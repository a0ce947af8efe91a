import { isRecord } from './protocol.ts';

/** How a service names things in its XML: a field's element, the elements of a list's members, and which are maps. */
export interface XmlNames {
  element(field: string, isList: boolean): string;
  item(field: string): string;
  isMap(field: string): boolean;
}

/** The members of a value as XML elements. Absent members are left out; an empty list is an empty element. */
export function toXml(value: object, names: XmlNames): string {
  return Object.entries(value)
    .filter(([, member]) => member !== undefined && member !== null)
    .map(([field, member]) => element(names.element(field, Array.isArray(member)), field, member, names))
    .join('');
}

export function textElement(name: string, text: string): string {
  return `<${name}>${escapeXml(text)}</${name}>`;
}

function element(name: string, field: string, value: unknown, names: XmlNames): string {
  if (Array.isArray(value)) {
    const items = value.map((item) => element(names.item(field), field, item, names));
    return items.length === 0 ? `<${name}/>` : `<${name}>${items.join('')}</${name}>`;
  }
  if (value instanceof Date) return textElement(name, value.toISOString());
  if (isRecord(value) && names.isMap(field)) {
    const entries = Object.entries(value).map(
      ([key, item]) => `<entry>${textElement('key', key)}${element('value', '', item, names)}</entry>`,
    );
    return `<${name}>${entries.join('')}</${name}>`;
  }
  if (isRecord(value)) return `<${name}>${toXml(value, names)}</${name}>`;
  return textElement(name, String(value));
}

/** Line breaks become references, because a parser turns a bare carriage return into a line feed. */
function escapeXml(text: string): string {
  return text.replace(/[&<>"\r\n\t]/g, (character) => `&#${character.charCodeAt(0)};`);
}
