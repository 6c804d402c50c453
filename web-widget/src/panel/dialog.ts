import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect } from 'preact/hooks';
import { isPhone, PHONE, type Panel } from './panel.ts';

/** Shows the dialog in the top layer: beside the page on desktops, instead of it on phones. */
export function useDialog(ref: RefObject<HTMLDialogElement | null>, isOpen: boolean, panel: Panel): void {
  useLayoutEffect(() => {
    const dialog = ref.current!;
    const hadFocus = dialog.contains(panel.embed.root.activeElement);
    hide(dialog);
    if (isOpen) show(dialog);
    else if (hadFocus) panel.embed.launcher.focus();
  }, [isOpen]);

  useEffect(() => {
    const dialog = ref.current!;
    const phone = matchMedia(PHONE);
    const reshow = () => {
      hide(dialog);
      if (panel.ui.isOpen) show(dialog);
    };
    const onKey = (key: KeyboardEvent) => {
      if (key.key !== 'Escape' || key.isComposing || key.defaultPrevented) return;
      key.preventDefault();
      key.stopPropagation();
      panel.close();
    };
    // Phones close dialogs by a gesture of their own.
    const onCancel = (cancel: Event) => {
      cancel.preventDefault();
      panel.close();
    };
    phone.addEventListener('change', reshow);
    dialog.addEventListener('keydown', onKey);
    dialog.addEventListener('cancel', onCancel);
    panel.embed.element.onAttached = reshow;
    const unfit = fitKeyboard(dialog);
    return () => {
      phone.removeEventListener('change', reshow);
      unfit();
    };
  }, []);
}

function show(dialog: HTMLDialogElement): void {
  if (!dialog.isConnected) return;
  if (isPhone()) dialog.showModal();
  else if ('showPopover' in dialog) dialog.showPopover();
  else (dialog as HTMLDialogElement).show();
}

function hide(dialog: HTMLDialogElement): void {
  if (dialog.open) dialog.close();
  else if ('hidePopover' in dialog && dialog.isConnected) dialog.hidePopover();
}

/** Keeps the input above a phone's keyboard. */
function fitKeyboard(dialog: HTMLDialogElement): () => void {
  const viewport = window.visualViewport;
  if (!viewport) return () => {};
  const fit = () => {
    dialog.style.setProperty('--fd-height', `${viewport.height}px`);
    dialog.style.setProperty('--fd-top', `${viewport.offsetTop}px`);
  };
  fit();
  viewport.addEventListener('resize', fit);
  viewport.addEventListener('scroll', fit);
  return () => {
    viewport.removeEventListener('resize', fit);
    viewport.removeEventListener('scroll', fit);
  };
}
