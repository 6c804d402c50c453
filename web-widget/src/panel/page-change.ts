interface NavigationApi extends EventTarget {}

/** Calls back when the page's address changes without a reload; leaves `history` as it is. */
export function onPageChange(callback: () => void): () => void {
  const { navigation } = window as { navigation?: NavigationApi };
  const [target, names]: [EventTarget, string[]] = navigation
    ? [navigation, ['currententrychange']]
    : [window, ['popstate', 'hashchange']];
  let address = location.pathname;
  const check = () => {
    if (location.pathname === address) return;
    address = location.pathname;
    callback();
  };
  for (const name of names) target.addEventListener(name, check);
  return () => {
    for (const name of names) target.removeEventListener(name, check);
  };
}
