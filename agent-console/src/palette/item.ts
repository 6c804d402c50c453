import type { IconName } from '../parts/icon.tsx';

/** One line of the command bar. */
export interface PaletteItem {
  key: string;
  group: string;
  label: string;
  /** Beside the label, quieter. */
  detail?: string | undefined;
  icon?: IconName | undefined;
  /** The keys that do the same without the bar. */
  keys?: readonly string[] | undefined;
  isChosen?: boolean;
  act: () => void;
  /** The bar stays open, for the next choice. */
  stays?: boolean;
}
