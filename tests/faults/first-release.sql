-- What the first release had written after one question: a visitor, a conversation, two events and a receipt.
INSERT INTO visitors VALUES (x'00112233445586778899aabbccddeeff', 'Vera', 'vera@shop.example', NULL, 0, '{}', 'https://shop.example/lamps', 'Lamps', NULL);
INSERT INTO conversations VALUES (x'0192f0c0a0007000800000000000000a', x'00112233445586778899aabbccddeeff', 'with_bot', NULL, NULL, NULL, 2, 1700000000000000000, 1700000001000000000,
 '{"id":"0192f0c0-a000-7000-8000-00000000000a","visitor":"00112233-4455-8677-8899-aabbccddeeff","locale":"en","status":{"status":"with_bot"},"last_seq":2,"started_at":"2023-11-14T22:13:20Z","changed_at":"2023-11-14T22:13:21Z","offered":false,"misses":0,"turns":1,"contact":null,"rated":false}');
INSERT INTO events VALUES (x'0192f0c0a0007000800000000000000a', 1, 1700000000000000000, x'00000000000040008000000000000001', 'message',
 '{"kind":"message","author":{"kind":"visitor"},"text":"how long does delivery take","blocks":[{"type":"paragraph","spans":[{"text":"how long does delivery take"}]}]}');
INSERT INTO events VALUES (x'0192f0c0a0007000800000000000000a', 2, 1700000001000000000, NULL, 'message',
 '{"kind":"message","author":{"kind":"bot"},"text":"Two to four working days.","blocks":[{"type":"paragraph","spans":[{"text":"Two to four working days."}]}],"reply_to":1}');
INSERT INTO receipts VALUES (x'00112233445586778899aabbccddeeff', x'00000000000040008000000000000001', zeroblob(32), x'0192f0c0a0007000800000000000000a', 1);
