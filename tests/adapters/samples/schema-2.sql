-- A store of schema version 2, as this library wrote it when that was new. It is never written again.
BEGIN TRANSACTION;
CREATE TABLE qms_case (
        id TEXT NOT NULL PRIMARY KEY, kind TEXT NOT NULL, customer TEXT, version INTEGER NOT NULL,
        head TEXT NOT NULL, status TEXT, cycle INTEGER, first_due_us BIGINT,
        next_change_us BIGINT, zone TEXT, overdue TEXT, moving INTEGER,
        due_sort_us BIGINT NOT NULL, change_sort_us BIGINT NOT NULL, latest_us BIGINT NOT NULL DEFAULT 9223372036854775807);
INSERT INTO "qms_case" VALUES('MRKT-20260301','complaint','ACME',2,'a5910d637301f7af46f9b8765efdc4b253e61370e9677673fdd922e717729645','open',0,1772460000000000,1772460000000000,'Asia/Shanghai','[]',0,1772460000000000,1772460000000000,1772416800000000);
INSERT INTO "qms_case" VALUES('MRKT-20260302','complaint','苏州电子',2,'9998231c6026fd4e2c6bd7f29b0adcc3764f8462ffeed877b6c6e440cdf3c023','withdrawn',0,NULL,NULL,NULL,'[]',0,9223372036854775807,9223372036854775807,1772506800000000);
INSERT INTO "qms_case" VALUES('OLD-7','complaint','ACME',1,'6f76b57bbee039d26f5084d92b86b54b91f401ae65d8a21a28eb8de1684564f4',NULL,NULL,NULL,NULL,NULL,NULL,NULL,9223372036854775807,9223372036854775807,1772326800000000);
CREATE TABLE qms_counter (
        series TEXT NOT NULL, scope TEXT NOT NULL, period TEXT NOT NULL, last BIGINT NOT NULL,
        PRIMARY KEY (series, scope, period));
INSERT INTO "qms_counter" VALUES('claim','{}','2011-05',4);
INSERT INTO "qms_counter" VALUES('claim','{}','2026-03',7);
INSERT INTO "qms_counter" VALUES('return','{"plant":"S1"}','2026',3);
INSERT INTO "qms_counter" VALUES('return','{"plant":"X2"}','2026',1);
CREATE TABLE qms_entry (
        case_id TEXT NOT NULL, seq INTEGER NOT NULL, body TEXT NOT NULL, pin TEXT, seal TEXT NOT NULL,
        hash TEXT NOT NULL, PRIMARY KEY (case_id, seq));
INSERT INTO "qms_entry" VALUES('MRKT-20260301',0,'{"schema":"qms/1","type":"Complaint","kind":"complaint","number":"MRKT-20260301","customer":"ACME","product":"PCB-7781","quantity":{"quantity":{"amount":500,"unit":"pcs"}},"defect":"open circuit 开路","defect_rate":null,"received_at":"2026-03-02T09:00:00+08:00"}','{"rulebook":"pcb-maker","edition":"1","digest":"0477d2d5f65bffe6ede82d0e9d56fa916832bbc4f31d2a7363293b2e1c70b6ce"}','{"salt":"dce688897ef55d88a42a48c96a304b82"}','959462bfbd59c0de49a906f61142c7741a54396f4fab51af63ef719bec2d189c');
INSERT INTO "qms_entry" VALUES('MRKT-20260301',1,'{"schema":"qms/1","type":"Event","name":"received","at":"2026-03-02T09:00:00+08:00","recorded_at":"2026-03-02T09:05:00+08:00","seq":1,"by":null,"department":null,"role":null,"on_behalf_of":null,"facts":{},"note":null,"evidence":[],"despite":null,"findings":[]}',NULL,'{"salt":"e6701e3d61ff0680613fc2dc00d0c228"}','456b11378da4679410d26772831a34bf8df330f488c6dc37ccf2a46cf4ca600d');
INSERT INTO "qms_entry" VALUES('MRKT-20260301',2,'{"schema":"qms/1","type":"Event","name":"forwarded","at":"2026-03-02T10:00:00+08:00","recorded_at":"2026-03-02T10:01:00+08:00","seq":2,"by":"‹redacted›","department":"marketing","role":null,"on_behalf_of":null,"facts":{},"note":"‹redacted›","evidence":[],"despite":null,"findings":[]}',NULL,'{"keys":{"schema":"ba3ef3f906b9a531ce51a2d3de69fa56114ba96897210c8f156739c0f19f892b","type":"eb6d19cc35145f7843665b31779d9f7a6b0fba6ec94aea453448293e1ec11c9d","name":"9244e6e98289522b75ca3d9415481ac989f636bce4fedc7ccf98d6eb99229ccb","at":"9fed9c00da29bc5b05010af2139119efa9f3c7052c6264a58c69f34b7ea0d3cf","recorded_at":"cc8d4766d04fa831cd5efa2a0bbd96f3e3b6269cb453e894da52d1bd2065bc3b","seq":"34e150fd206f727ec8b76395491cd66350ead201c98b0ed9ea31f2ad5b9a0a72","department":"51f33ad4a71c59439b5ae7a879f166eb82bf3436749bf44ddecc09acdbef909f","role":"63de8e633e9855f2e600174892405ddac655d31894584ba2e5d6f7ca8b02482b","on_behalf_of":"84ca59edb70d28c4a9dbf3423aefc1e095257ffa86ede0e4f5e271fd874bdad3","despite":"1af9e5857d73c49cb17be5f4e725307a1f7f4706b922ccca5f59eb0d94cb16fd"},"digests":{"note":"b49fa6517bad6ad00796a64156d149515ef0dc620649681df1c8bda8ba1eae1c","by":"9f29799f22a7ab28c908bf20b1915bde81f0792f757bb0446b21743f72bfdcc8"},"redactions":[{"fields":["note","by"],"reason":"the customer asked for it"}],"check":"211087eec730a842eb95ad6437a1c027b8341aa4ba1adbdc265031498894a26a"}','a5910d637301f7af46f9b8765efdc4b253e61370e9677673fdd922e717729645');
INSERT INTO "qms_entry" VALUES('MRKT-20260302',0,'{"schema":"qms/1","type":"Complaint","kind":"complaint","number":"MRKT-20260302","customer":"苏州电子","product":null,"quantity":null,"defect":null,"defect_rate":null,"received_at":"2026-03-03T09:00:00+08:00"}','{"rulebook":"pcb-maker","edition":"1","digest":"0477d2d5f65bffe6ede82d0e9d56fa916832bbc4f31d2a7363293b2e1c70b6ce"}','{"salt":"c5ab8f43f44c7dc7b4b2141a0bb31cf6"}','ea0875ba5d5b5241dae9004d0229bf71fe74c6e4324437de23d4667120a3a0aa');
INSERT INTO "qms_entry" VALUES('MRKT-20260302',1,'{"schema":"qms/1","type":"Event","name":"received","at":"2026-03-03T09:00:00+08:00","recorded_at":"2026-03-03T09:00:00+08:00","seq":1,"by":null,"department":null,"role":null,"on_behalf_of":null,"facts":{},"note":null,"evidence":[],"despite":null,"findings":[]}',NULL,'{"salt":"8158d2d3114355cec1ecef9dcb985bdf"}','ae0fd7e65f1674d0899b91c5943bf44abec5754d809e030711010b29b9b6dad4');
INSERT INTO "qms_entry" VALUES('MRKT-20260302',2,'{"schema":"qms/1","type":"Event","name":"withdrawn","at":"2026-03-03T11:00:00+08:00","recorded_at":"2026-03-03T11:00:00+08:00","seq":2,"by":"Chen","department":null,"role":null,"on_behalf_of":null,"facts":{"reason":"sent to us by mistake"},"note":null,"evidence":[],"despite":null,"findings":[]}',NULL,'{"salt":"60de8c2ae20538cd9ade05b0904f33d3"}','9998231c6026fd4e2c6bd7f29b0adcc3764f8462ffeed877b6c6e440cdf3c023');
INSERT INTO "qms_entry" VALUES('OLD-7',0,'{"schema":"qms/1","type":"Complaint","kind":"complaint","number":"OLD-7","customer":"ACME","product":null,"quantity":null,"defect":null,"defect_rate":null,"received_at":"2026-03-01T09:00:00+08:00"}','{"rulebook":"pcb-maker","edition":"1","digest":"0477d2d5f65bffe6ede82d0e9d56fa916832bbc4f31d2a7363293b2e1c70b6ce"}','{"salt":"62fa5b54d7f6a3829e51de044b5f644f"}','ef70ead3e19e8252ec14142549757a7f40464c8f43f658e849610253d4335e7f');
INSERT INTO "qms_entry" VALUES('OLD-7',1,'{"schema":"qms/1","type":"Event","name":"received","at":"2026-03-01T09:00:00+08:00","recorded_at":"2026-03-03T11:00:00+08:00","seq":1,"by":null,"department":null,"role":null,"on_behalf_of":null,"facts":{},"note":null,"evidence":[],"despite":null,"findings":[]}',NULL,'{"salt":"cf334eb6f8036383066a1a76cef5ee38"}','6f76b57bbee039d26f5084d92b86b54b91f401ae65d8a21a28eb8de1684564f4');
CREATE TABLE qms_key (
        use TEXT NOT NULL, name TEXT NOT NULL, case_id TEXT, version INTEGER,
        PRIMARY KEY (use, name));
INSERT INTO "qms_key" VALUES('series:claim','form-4711',NULL,NULL);
INSERT INTO "qms_key" VALUES('case','open-4711','MRKT-20260301',1);
INSERT INTO "qms_key" VALUES('case','forward-4711','MRKT-20260301',2);
INSERT INTO "qms_key" VALUES('series:claim','draft-1',NULL,NULL);
INSERT INTO "qms_key" VALUES('series:return','bulk',NULL,NULL);
CREATE TABLE qms_ledger (
        id INTEGER PRIMARY KEY, series TEXT NOT NULL, scope TEXT NOT NULL, period TEXT NOT NULL,
        seq BIGINT NOT NULL, number TEXT NOT NULL, place INTEGER NOT NULL, state TEXT NOT NULL,
        at_us BIGINT NOT NULL, key TEXT, reason TEXT, expires_us BIGINT,
        UNIQUE (series, number, place));
INSERT INTO "qms_ledger" VALUES(1,'claim','{}','2011-05',1,'MARKT-20110501',0,'adopted',1772323200000000,NULL,NULL,NULL);
INSERT INTO "qms_ledger" VALUES(2,'claim','{}','2011-05',2,'MRKT--20110502',0,'adopted',1772323200000000,NULL,NULL,NULL);
INSERT INTO "qms_ledger" VALUES(3,'claim','{}','2011-05',4,'MRKT-20110504',0,'adopted',1772323200000000,NULL,NULL,NULL);
INSERT INTO "qms_ledger" VALUES(4,'claim','{}','2026-03',1,'MRKT-20260301',0,'allocated',1772413200000000,'form-4711',NULL,NULL);
INSERT INTO "qms_ledger" VALUES(5,'claim','{}','2026-03',2,'MRKT-20260302',0,'allocated',1772499600000000,NULL,NULL,NULL);
INSERT INTO "qms_ledger" VALUES(6,'claim','{}','2026-03',3,'MRKT-20260303',0,'reserved',1772586000000000,'draft-1',NULL,1773190800000000);
INSERT INTO "qms_ledger" VALUES(7,'claim','{}','2026-03',4,'MRKT-20260304',0,'reserved',1772586060000000,NULL,NULL,NULL);
INSERT INTO "qms_ledger" VALUES(8,'claim','{}','2026-03',5,'MRKT-20260305',0,'reserved',1772586120000000,NULL,NULL,1772672400000000);
INSERT INTO "qms_ledger" VALUES(9,'claim','{}','2026-03',6,'MRKT-20260306',0,'reserved',1772586180000000,NULL,NULL,1774832400000000);
INSERT INTO "qms_ledger" VALUES(10,'claim','{}','2026-03',3,'MRKT-20260303',1,'confirmed',1772668800000000,'draft-1',NULL,1773190800000000);
INSERT INTO "qms_ledger" VALUES(11,'claim','{}','2026-03',4,'MRKT-20260304',1,'void',1772672400000000,NULL,'the customer took it back',NULL);
INSERT INTO "qms_ledger" VALUES(12,'claim','{}','2026-03',5,'MRKT-20260305',1,'void',1772726400000000,NULL,'expired',1772672400000000);
INSERT INTO "qms_ledger" VALUES(13,'claim','{}','2026-03',7,'MRKT-20260307',0,'allocated',1772758800000000,NULL,NULL,NULL);
INSERT INTO "qms_ledger" VALUES(14,'claim','{}','2026-03',7,'MRKT-20260307',1,'void',1772762400000000,NULL,'printed twice',NULL);
INSERT INTO "qms_ledger" VALUES(15,'return','{"plant":"S1"}','2026',1,'RS1-260001',0,'allocated',1772726400000000,'bulk',NULL,NULL);
INSERT INTO "qms_ledger" VALUES(16,'return','{"plant":"S1"}','2026',2,'RS1-260002',0,'allocated',1772726400000000,'bulk',NULL,NULL);
INSERT INTO "qms_ledger" VALUES(17,'return','{"plant":"S1"}','2026',3,'RS1-260003',0,'allocated',1772726400000000,'bulk',NULL,NULL);
INSERT INTO "qms_ledger" VALUES(18,'return','{"plant":"X2"}','2026',1,'RX2-260001',0,'allocated',1772726400000000,NULL,NULL,NULL);
CREATE TABLE qms_schema (one INTEGER NOT NULL PRIMARY KEY, version INTEGER NOT NULL);
INSERT INTO "qms_schema" VALUES(1,2);
CREATE INDEX qms_ledger_key ON qms_ledger (series, key) WHERE key IS NOT NULL;
CREATE INDEX qms_ledger_expires ON qms_ledger (series, expires_us) WHERE expires_us IS NOT NULL;
CREATE INDEX qms_case_due ON qms_case (status, due_sort_us, id);
CREATE INDEX qms_case_customer ON qms_case (customer, due_sort_us, id);
CREATE INDEX qms_case_change ON qms_case (status, change_sort_us, due_sort_us, id);
CREATE INDEX qms_case_latest ON qms_case (kind, latest_us);
COMMIT;
