export type KeyAct = 'send' | 'sendAndResolve' | 'article' | 'insert' | 'next' | 'previous' | 'gap' | 'close' | 'leave';

interface Pressed {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
  altKey: boolean;
  isComposing: boolean;
}

interface Situation {
  /** The list of choices is open. */
  picker: boolean;
  /** There is a gap to fill in after the caret. */
  gap: boolean;
  enterSends: boolean;
}

/** What a key does in the composer; nothing where the browser should do what it does. */
export function keyAct(pressed: Pressed, { picker, gap, enterSends }: Situation): KeyAct | null {
  // Enter and the arrows belong to the input method while it composes.
  if (pressed.isComposing) return null;
  const hasModifier = pressed.ctrlKey || pressed.metaKey;
  if (picker && !hasModifier) {
    const act = PICKER_KEYS[pressed.key];
    if (act) return act;
  }
  switch (pressed.key) {
    case 'Enter':
      if (pressed.altKey) return null;
      if (pressed.shiftKey) return hasModifier ? 'sendAndResolve' : null;
      return hasModifier || enterSends ? 'send' : null;
    case 'A':
    case 'a':
      return hasModifier && pressed.shiftKey ? 'article' : null;
    case 'Tab':
      return gap && !pressed.shiftKey ? 'gap' : null;
    case 'Escape':
      return 'leave';
    default:
      return null;
  }
}

const PICKER_KEYS: Readonly<Record<string, KeyAct>> = {
  Enter: 'insert',
  Tab: 'insert',
  ArrowDown: 'next',
  ArrowUp: 'previous',
  Escape: 'close',
};
