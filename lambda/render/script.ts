/**
 * What the page does better with a script, and does without: buttons that copy, and Enter that asks. It makes no markup,
 * so that Trusted Types can forbid all of it.
 */
export const script = `\
for (const button of document.querySelectorAll('button[data-copy]')) {
  if (!navigator.clipboard) break;
  const words = button.textContent;
  button.hidden = false;
  button.onclick = async () => {
    await navigator.clipboard.writeText(button.previousElementSibling.textContent);
    button.textContent = 'Copied';
    setTimeout(() => { button.textContent = words; }, 2000);
  };
}
document.querySelector('textarea').onkeydown = (event) => {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  event.target.form.requestSubmit();
};
`;
