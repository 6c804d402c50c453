/** The part of a `Storage` that is used. */
export interface Keep {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** The browser's storage; where it is forbidden or full, nothing is kept and nothing breaks. */
export function keepIn(kind: 'localStorage' | 'sessionStorage'): Keep {
  const quietly = <T>(use: (storage: Storage) => T): T | null => {
    try {
      return use(window[kind]);
    } catch {
      return null;
    }
  };
  return {
    getItem: (key) => quietly((storage) => storage.getItem(key)),
    setItem: (key, value) => void quietly((storage) => storage.setItem(key, value)),
    removeItem: (key) => void quietly((storage) => storage.removeItem(key)),
  };
}
