import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { ComponentChildren, TargetedKeyboardEvent } from 'preact';

import styles from './menu.module.css';

interface MenuProps {
  label: string;
  button: ComponentChildren;
  buttonClass: string;
  /** Towards which side and in which direction the list opens. */
  opens?: 'below' | 'above' | 'beside';
  children: ComponentChildren;
}

/** A button with a list of actions: arrow keys move, Escape closes and gives the focus back. */
export function Menu({ label, button, buttonClass, opens = 'below', children }: MenuProps) {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const root = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    if (!isOpen) return;
    choices(root.current)[0]?.focus();
    const closeOutside = (event: Event) => {
      if (!root.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener('pointerdown', closeOutside);
    return () => document.removeEventListener('pointerdown', closeOutside);
  }, [isOpen]);

  const close = () => {
    setOpen(false);
    opener.current?.focus();
  };
  const onKeyDown = (event: TargetedKeyboardEvent<HTMLDivElement>) => {
    if (!isOpen) return;
    if (event.key === 'Tab') return setOpen(false);
    const isHandled = event.key === 'Escape' ? (close(), true) : moveFocus(choices(root.current), event.key);
    if (!isHandled) return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div class={styles.root} ref={root} onKeyDown={onKeyDown}>
      <button
        type="button"
        ref={opener}
        class={buttonClass}
        aria-label={label}
        title={label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        onClick={() => setOpen(!isOpen)}
      >
        {button}
      </button>
      {isOpen && (
        <div id={id} role="menu" aria-label={label} class={`${styles.list} ${styles[opens]}`} onClick={close}>
          {children}
        </div>
      )}
    </div>
  );
}

interface MenuItemProps {
  onChoose: () => void;
  /** Given for one of several: whether it is the one. */
  isChosen?: boolean;
  icon?: ComponentChildren;
  children: ComponentChildren;
}

export function MenuItem({ onChoose, isChosen, icon, children }: MenuItemProps) {
  const role = isChosen === undefined ? 'menuitem' : 'menuitemradio';
  return (
    <button type="button" role={role} aria-checked={isChosen} tabIndex={-1} class={styles.item} onClick={onChoose}>
      {icon}
      <span class={styles.text}>{children}</span>
      {isChosen && <span class={styles.chosen} aria-hidden="true">✓</span>}
    </button>
  );
}

/** Several items that belong together. */
export function MenuGroup({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    <div role="group" aria-label={label} class={styles.group}>
      <div class={styles.heading} aria-hidden="true">{label}</div>
      {children}
    </div>
  );
}

function choices(root: HTMLElement | null): HTMLElement[] {
  const all = root?.querySelectorAll<HTMLElement>('[role^=menuitem]') ?? [];
  return [...all].filter((item) => item.offsetParent !== null);
}

function moveFocus(items: HTMLElement[], key: string): boolean {
  const at = items.indexOf(document.activeElement as HTMLElement);
  const target = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[key];
  if (target === undefined) return false;
  items.at(target === items.length ? 0 : target)?.focus();
  return true;
}
