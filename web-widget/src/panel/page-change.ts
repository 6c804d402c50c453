/** Calls back when the page's address changes without a reload; leaves `history` as it is. */
export function onPageChange(callback: () => void): () => void {
  const { navigation } = window as { navigation?: EventTarget };
  const [target, name]: [EventTarget, string] = navigation ? [navigation, 'currententrychange'] : [window, 'popstate'];
  let address = location.pathname;
  const check = () => {
    if (location.pathname === address) return;
    address = location.pathname;
    callback();
  };
  target.addEventListener(name, check);
  return () => target.removeEventListener(name, check);
}
