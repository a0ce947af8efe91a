/**
 * What a table of many endpoints does better with a script: sort and filter, with no more rows in the document than are
 * seen, for ten thousand take seconds to lay out. It makes no markup, so that Trusted Types can forbid all of it.
 */
export const rowsScript = `\
const all = JSON.parse(document.getElementById('rows-data').textContent);
const box = document.querySelector('.scroll');
const table = box.querySelector('table');
const body = table.tBodies[0];
const filters = document.querySelector('form.filters');
const said = document.querySelector('[role="status"]');
const height = body.rows[0].getBoundingClientRect().height;
const [before, after] = [0, 1].map(() => {
  const row = document.createElement('tr');
  row.setAttribute('aria-hidden', 'true');
  const cell = document.createElement('td');
  cell.style.padding = cell.style.border = '0';
  row.append(cell);
  return row;
});
let shown = all;
let sorted = null;

function rowOf(cells, index) {
  const row = document.createElement('tr');
  row.setAttribute('aria-rowindex', index + 2);
  cells.slice(0, 6).forEach((text, column) => {
    const cell = document.createElement(column === 0 ? 'th' : 'td');
    if (column === 0) {
      const link = document.createElement('a');
      link.href = table.dataset.base.replace('ID', text);
      link.textContent = text;
      cell.scope = 'row';
      cell.append(link);
    } else {
      cell.textContent = (column === 1 && cells[6] === 0 ? '! ' : '') + text;
    }
    row.append(cell);
  });
  return row;
}

function draw() {
  const first = Math.max(0, Math.floor(box.scrollTop / height) - 20);
  const last = Math.min(shown.length, first + Math.ceil(box.clientHeight / height) + 40);
  fill(first, last);
}

function fill(first, last) {
  const focused = document.activeElement?.textContent;
  before.style.height = first * height + 'px';
  after.style.height = (shown.length - last) * height + 'px';
  body.replaceChildren(before, ...shown.slice(first, last).map((cells, index) => rowOf(cells, first + index)), after);
  if (box.contains(document.activeElement) || !focused) return;
  for (const link of body.querySelectorAll('a')) if (link.textContent === focused) link.focus({ preventScroll: true });
}

function choose() {
  const { text, verdict, service, vpc } = Object.fromEntries(new FormData(filters));
  const words = text.toLowerCase().split(/\\s+/).filter(Boolean);
  shown = all.filter((cells) =>
    (verdict === '' || cells[1] === verdict) && (service === '' || cells[2] === service) && (vpc === '' || cells[4] === vpc) &&
    words.every((word) => cells.slice(0, 6).some((cell) => cell.toLowerCase().includes(word))));
  if (sorted !== null) {
    const { column, way } = sorted;
    shown.sort((one, other) => way * (one[column] < other[column] ? -1 : one[column] > other[column] ? 1 : 0));
  }
  table.setAttribute('aria-rowcount', shown.length + 1);
  said.textContent = shown.length + ' of ' + all.length + ' endpoints';
  box.scrollTop = 0;
  draw();
}

table.tHead.rows[0].querySelectorAll('th').forEach((head, column) => {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = head.textContent;
  button.onclick = () => {
    const way = sorted?.column === column ? -sorted.way : 1;
    sorted = { column, way };
    for (const other of table.tHead.rows[0].cells) other.removeAttribute('aria-sort');
    head.setAttribute('aria-sort', way === 1 ? 'ascending' : 'descending');
    choose();
  };
  head.replaceChildren(button);
});
filters.hidden = false;
filters.oninput = choose;
filters.onsubmit = (event) => event.preventDefault();
box.onscroll = draw;
window.onbeforeprint = () => fill(0, shown.length);
window.onafterprint = draw;
choose();
`;
