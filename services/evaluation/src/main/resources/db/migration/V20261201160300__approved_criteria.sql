-- Whether a second person approved the criteria; absent for those of earlier versions, which did not say so.
ALTER TABLE criteria ADD COLUMN approved boolean;

-- Whether runs over the items had answers before the application registered any criteria over them.
ALTER TABLE verdict ADD COLUMN after_data boolean;
