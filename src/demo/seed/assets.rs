//! The files of the default tenant, part of the program: the one table of them.

/// Everything that a tenant is read from.
#[derive(Clone, Copy, Debug)]
pub struct Assets {
    /// `company.toml`.
    pub company: &'static str,
    /// `people.tsv`.
    pub people: &'static str,
    /// `profiles.toml`.
    pub profiles: &'static str,
    /// `documents.toml`.
    pub documents: &'static str,
    /// The threads, by file name.
    pub threads: &'static [(&'static str, &'static str)],
    /// What attachments and photos are made of, by file name.
    pub files: &'static [(&'static str, &'static [u8])],
}

macro_rules! threads {
    ($($name:literal,)*) => { &[$(($name, include_str!(concat!("../../../assets/demo/threads/", $name))),)*] };
}

macro_rules! files {
    ($($name:literal,)*) => { &[$(($name, include_bytes!(concat!("../../../assets/demo/files/", $name)).as_slice()),)*] };
}

/// The default tenant. A test holds this table to the folder.
pub static EMBEDDED: Assets = Assets {
    company: include_str!("../../../assets/demo/company.toml"),
    people: include_str!("../../../assets/demo/people.tsv"),
    profiles: include_str!("../../../assets/demo/profiles.toml"),
    documents: include_str!("../../../assets/demo/documents.toml"),
    threads: threads![
        "all-folkvale-canteen-prices.toml",
        "all-folkvale-ceo-letter.toml",
        "all-folkvale-evening-post.toml",
        "all-folkvale-maintenance.toml",
        "all-folkvale-revolving-door.toml",
        "all-folkvale-security-drill.toml",
        "book-club-december-book.toml",
        "book-club-poem.toml",
        "book-club-wax.toml",
        "chochin-battery-fold.toml",
        "chochin-name.toml",
        "chochin-showroom.toml",
        "chochin-washi.toml",
        "engineering-bread.toml",
        "factory-liaison-scrap.toml",
        "factory-liaison-shift-change.toml",
        "factory-liaison-swallow.toml",
        "firefly-codename.toml",
        "firefly-status.toml",
        "glow-cloud-oncall-alert-disk.toml",
        "glow-cloud-oncall-cert.toml",
        "glow-cloud-oncall-handover.toml",
        "glow-cloud-oncall-pager-0314.toml",
        "glow-cloud-oncall-post-mortem-dns.toml",
        "goteborg-office-fire-drill.toml",
        "goteborg-office-lost-found.toml",
        "goteborg-office-move.toml",
        "lantern-launch-beta-feedback.toml",
        "lantern-launch-container.toml",
        "lantern-launch-film.toml",
        "lantern-launch-go-no-go.toml",
        "lantern-launch-naming-dusk-mode.toml",
        "lantern-launch-packaging-proofs.toml",
        "lantern-launch-planner-handles.toml",
        "lantern-launch-press-embargo.toml",
        "lantern-launch-price.toml",
        "lantern-launch-runtime.toml",
        "lantern-launch-standup.toml",
        "localisation-donaudampf.toml",
        "localisation-hindi.toml",
        "localisation-korean-honorifics.toml",
        "localisation-little-card.toml",
        "localisation-rtl-screens.toml",
        "lunch-cake.toml",
        "lunch-soup.toml",
        "lunch-world.toml",
        "moth-reports-abendschein.toml",
        "moth-reports-butterflies.toml",
        "moth-reports-great-thread.toml",
        "moth-reports-porch-400.toml",
        "partner-glassworks-access.toml",
        "partner-glassworks-bubbles.toml",
        "partner-glassworks-globe.toml",
        "portable-lanterns-cover.toml",
        "portable-lanterns-friday-glow.toml",
        "portable-lanterns-no-body.toml",
        "portable-lanterns-roadmap.toml",
        "product-hinge.toml",
        "product-principles.toml",
        "product-solar-rain.toml",
        "product-tool-migration.toml",
        "quarterly-budget.toml",
        "quarterly-q3-close.toml",
        "quarterly-rounding.toml",
        "quarterly-weekly-flash.toml",
        "ramadan-glass-colour.toml",
        "ramadan-shipping.toml",
        "ramadan-verse.toml",
        "runners-reflectors.toml",
        "runners-sunday.toml",
        "wick-terminology-burn-time.toml",
        "wick-terminology-medium.toml",
    ],
    files: files![
        "chart-moths.png",
        "chart-runtime.png",
        "fire-drill.ics",
        "floor-plan.png",
        "forecast-by-region.csv",
        "glow-2-datasheet.pdf",
        "logo.png",
        "moths-at-test-lantern.jpg",
        "photo-0.jpg",
        "photo-1.jpg",
        "photo-2.jpg",
        "photo-3.jpg",
        "photo-4.jpg",
        "photo-5.jpg",
        "photo-6.jpg",
        "photo-7.jpg",
    ],
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_the_folder() {
        let folder = |name: &str| {
            let path = format!("{}/assets/demo/{name}", env!("CARGO_MANIFEST_DIR"));
            let entries = std::fs::read_dir(path).unwrap();
            let mut names: Vec<String> = entries
                .map(|entry| entry.unwrap().file_name().into_string().unwrap())
                .collect();
            names.sort();
            names
        };
        let threads: Vec<&str> = EMBEDDED.threads.iter().map(|(name, _)| *name).collect();
        let files: Vec<&str> = EMBEDDED.files.iter().map(|(name, _)| *name).collect();
        assert_eq!(threads, folder("threads"));
        assert_eq!(files, folder("files"));
    }
}
