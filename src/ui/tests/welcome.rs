//! The first run.

use insta::assert_snapshot;

use super::SIZES;
use super::picture::picture;
use super::stage::Stage;
use crate::app::{Known, Model, What};
use crate::config::Profile;
use crate::config::account::{Given, Setting, Value};
use crate::ui::Theme;

pub(super) fn known() -> Known {
    let tenant = Value {
        text: "contoso.com".to_owned(),
        from: "AZURE_TENANT_ID".to_owned(),
    };
    Known {
        azure_cli: true,
        profiles: vec!["home".parse().unwrap()],
        name: Profile::default(),
        given: Given::from([(Setting::Tenant, tenant)]),
    }
}

/// A stage on which nothing has ever been read.
pub(super) fn stage(width: u16, height: u16) -> Stage {
    let mut stage = Stage::new(width, height);
    let Model {
        settings, size, now, ..
    } = stage.model.clone();
    stage.model = Model::welcoming(settings, size, now, known());
    stage.model.settings.tenant = "first run".into();
    stage.tell(What::Started);
    stage
}

fn look(name: &str, theme: &Theme, keys: &str) {
    for (width, height) in SIZES {
        let mut stage = stage(width, height);
        if !keys.is_empty() {
            stage.keys(keys);
        }
        assert_snapshot!(format!("{name}-{width}x{height}"), picture(&stage.model, theme));
    }
}

#[test]
fn what_to_do() {
    look("welcome", &Theme::default(), "");
    look("welcome-no-color", &Theme::monochrome(), "j");
}

#[test]
fn questions() {
    look("welcome-cloud", &Theme::default(), "j enter j");
    look("welcome-tenant", &Theme::default(), "j enter enter");
    look("welcome-application", &Theme::default(), "j enter enter enter");
    look("welcome-wrong", &Theme::default(), "j enter enter enter a b c enter");
    look("welcome-name", &Theme::default(), "j j enter enter");
    look("welcome-starting", &Theme::default(), "j j enter enter enter");
}
