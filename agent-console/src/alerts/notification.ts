import { signal } from '@preact/signals';

import { goTo } from '../stores/route.ts';

type Permission = NotificationPermission | 'unsupported';

/** Whether the browser lets us show notifications. */
export const permission = signal<Permission>('Notification' in window ? Notification.permission : 'unsupported');

/** Asks the agent; to be called from a click. */
export async function allowNotifications(): Promise<void> {
  permission.value = await Notification.requestPermission();
}

/** Shows a notification while the page is out of sight; a click opens the conversation. */
export function notify(title: string, body: string, conversation: string): void {
  if (permission.value !== 'granted' || !document.hidden) return;
  // The tag lets several tabs show one notification.
  const shown = new Notification(title, { body, tag: `frontdesk.${conversation}` });
  shown.onclick = () => {
    window.focus();
    goTo(conversation);
    shown.close();
  };
}

/** Shows one from a click, so that the agent knows that they come; false when the browser forbids it. */
export async function testNotification(): Promise<boolean> {
  if (permission.value === 'default') await allowNotifications();
  if (permission.value !== 'granted') return false;
  new Notification('This is a test', { body: 'So it looks when somebody waits.', tag: 'frontdesk.test' });
  return true;
}
