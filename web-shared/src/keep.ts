/** The part of a `Storage` that is used. */
export interface Keep {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** The browser's storage, or memory where storage is forbidden or full. */
export function keepIn(kind: 'localStorage' | 'sessionStorage'): Keep {
  const memory = new Map<string, string>();
  const quietly = <T>(use: (storage: Storage) => T): T | undefined => {
    try {
      return use(window[kind]);
    } catch {
      return undefined;
    }
  };
  return {
    getItem: (key) => memory.get(key) ?? quietly((storage) => storage.getItem(key)) ?? null,
    setItem(key, value) {
      const isStored = quietly((storage) => (storage.setItem(key, value), true));
      if (isStored) memory.delete(key);
      else memory.set(key, value);
    },
    removeItem(key) {
      memory.delete(key);
      quietly((storage) => storage.removeItem(key));
    },
  };
}
