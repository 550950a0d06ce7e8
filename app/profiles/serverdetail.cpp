#include "app/profiles/serverdetail.h"

#include "app/core/healthlook.h"
#include "app/core/services.h"
#include "app/look/metrics.h"
#include "app/look/textstyle.h"
#include "app/profiles/httppanel.h"
#include "app/profiles/localpanel.h"
#include "app/profiles/policypanel.h"
#include "app/profiles/probeview.h"
#include "app/profiles/serversmodel.h"
#include "app/widgets/buttons.h"
#include "app/widgets/elidedlabel.h"
#include "app/widgets/idlabel.h"
#include "app/widgets/loadingbar.h"
#include "app/widgets/noteline.h"
#include "app/widgets/productiontag.h"
#include "app/widgets/statusbadge.h"
#include "app/widgets/timetext.h"
#include "conductor/base/hostile.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QVBoxLayout>

using namespace conductor;

namespace app {
namespace {

QVBoxLayout *section(QWidget *place, const QString &title)
{
    auto *layout = new QVBoxLayout(place);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Metrics::rowGap);
    auto *heading = new QLabel(title);
    setTextStyle(*heading, TextStyle::Strong);
    layout->addWidget(heading);
    return layout;
}

QHBoxLayout *rowOf(std::initializer_list<QWidget *> widgets)
{
    auto *row = new QHBoxLayout;
    row->setSpacing(Metrics::rowGap);
    for (QWidget *widget : widgets)
        row->addWidget(widget);
    row->addStretch();
    return row;
}

QLabel *plainText()
{
    auto *label = new QLabel;
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

} // namespace

ServerDetail::ServerDetail(QWidget *parent)
    : QWidget(parent)
    , m_ofProfile(new QWidget)
    , m_name(new ElidedLabel(TextStyle::Section))
    , m_tag(new ProductionTag)
    , m_health(new StatusBadge)
    , m_address(new IdLabel(tr("the address")))
    , m_trouble(plainText())
    , m_loading(new LoadingBar)
    , m_test(button(tr("Test")))
    , m_edit(button(tr("Edit…")))
    , m_delete(button(tr("Delete…")))
    , m_report(new ProbeView)
    , m_production(new QCheckBox(tr("Production server")))
    , m_requiresCompanion(new QCheckBox(tr("AI clients reach it only while the companion runs")))
    , m_default(plainText())
    , m_makeDefault(button(tr("Make it the default")))
    , m_key(plainText())
    , m_oldKey(new NoteLine)
    , m_enterKey(button(tr("Enter key…")))
    , m_rotateKey(button(tr("Rotate key…")))
    , m_removeKey(button(tr("Remove key…")))
    , m_policy(new PolicyPanel)
    , m_http(new HttpPanel)
    , m_local(new LocalPanel)
{
    build();
    connectButtons();
}

void ServerDetail::build()
{
    auto *ofProfile = new QVBoxLayout(m_ofProfile);
    ofProfile->setContentsMargins(0, 0, 0, 0);
    ofProfile->setSpacing(Metrics::groupGap + Metrics::rowGap);
    ofProfile->addWidget(buildHead());
    ofProfile->addWidget(m_report);
    ofProfile->addWidget(buildKey());
    ofProfile->addWidget(buildSwitches());
    ofProfile->addWidget(m_policy);
    ofProfile->addWidget(m_http);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Metrics::pageMargin, Metrics::rowGap, Metrics::pageMargin, Metrics::pageMargin);
    layout->setSpacing(Metrics::groupGap + Metrics::rowGap);
    layout->addWidget(m_ofProfile);
    layout->addWidget(m_local);
    layout->addStretch(1);
    setMaximumWidth(Metrics::formWidth + 80);
}

QWidget *ServerDetail::buildHead()
{
    m_trouble->setForegroundRole(QPalette::PlaceholderText);
    auto *title = new QHBoxLayout;
    title->setSpacing(Metrics::rowGap);
    title->addWidget(m_name);
    title->addWidget(m_tag);
    title->addWidget(m_health);
    title->addStretch();
    auto *head = new QWidget;
    auto *layout = new QVBoxLayout(head);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Metrics::rowGap);
    layout->addLayout(title);
    layout->addWidget(m_address);
    layout->addWidget(m_trouble);
    auto *buttons = rowOf({m_test, m_edit});
    buttons->addWidget(m_delete); // apart, at the end of the row
    layout->addLayout(buttons);
    layout->addWidget(m_loading);
    return head;
}

QWidget *ServerDetail::buildSwitches()
{
    auto *place = new QWidget;
    QVBoxLayout *layout = section(place, tr("For AI clients"));
    m_production->setToolTip(tr("Marked everywhere, and asked about more strictly"));
    m_requiresCompanion->setToolTip(tr("Otherwise AI clients use it also while the companion is not there"));
    layout->addWidget(m_production);
    layout->addWidget(m_requiresCompanion);
    layout->addWidget(m_default);
    layout->addLayout(rowOf({m_makeDefault}));
    return place;
}

QWidget *ServerDetail::buildKey()
{
    auto *place = new QWidget;
    QVBoxLayout *layout = section(place, tr("Access key"));
    layout->addWidget(m_key);
    layout->addWidget(m_oldKey);
    layout->addLayout(rowOf({m_enterKey, m_rotateKey, m_removeKey}));
    return place;
}

void ServerDetail::connectButtons()
{
    connect(m_test, &QPushButton::clicked, this, &ServerDetail::testRequested);
    connect(m_edit, &QPushButton::clicked, this, &ServerDetail::editRequested);
    connect(m_delete, &QPushButton::clicked, this, &ServerDetail::deleteRequested);
    connect(m_makeDefault, &QPushButton::clicked, this, &ServerDetail::defaultRequested);
    connect(m_production, &QCheckBox::clicked, this, &ServerDetail::productionChosen);
    connect(m_requiresCompanion, &QCheckBox::clicked, this, &ServerDetail::requiresCompanionChosen);
    connect(m_enterKey, &QPushButton::clicked, this, &ServerDetail::enterKeyRequested);
    connect(m_rotateKey, &QPushButton::clicked, this, &ServerDetail::rotateKeyRequested);
    connect(m_removeKey, &QPushButton::clicked, this, &ServerDetail::removeKeyRequested);
    connect(m_report, &ProbeView::suggestionTaken, this, &ServerDetail::suggestionTaken);
    connect(m_address, &IdLabel::copied, this, &ServerDetail::copied);
}

void ServerDetail::show(const Profile &profile, bool isDefault, const ServerHealth &health, const QDateTime &now)
{
    if (profile.id != m_profile.id || profile.url != m_profile.url || profile.secretRevision != m_profile.secretRevision) {
        m_report->forget(); // it was about something else
        m_loading->setLoading(false);
    }
    m_profile = profile;
    m_ofProfile->show();
    m_local->setVisible(Services::isLocal(profile));
    m_name->setText(harmless(profile.name, 80));
    m_tag->setVisible(profile.production);
    m_address->setId(harmless(profile.url.toDisplayString(), 300));
    m_production->setChecked(profile.production);
    m_requiresCompanion->setChecked(profile.requiresCompanion);
    m_default->setText(isDefault ? tr("It is the default: AI clients that name no server use it.") : tr("AI clients use it when they name it."));
    m_makeDefault->setVisible(!isDefault);
    m_policy->show(profile);
    showHealth(health);
    showKey(now);
}

void ServerDetail::showLocalOnly()
{
    m_profile = {};
    m_ofProfile->hide();
    m_local->setVisible(true);
}

void ServerDetail::showHealth(const ServerHealth &health)
{
    const HealthLook look = healthLook(health.state);
    m_health->show({look.family, look.glyph.toString(), health.words});
    m_health->setVisible(!health.words.isEmpty());
    m_trouble->setText(health.detail);
    m_trouble->setVisible(!health.detail.isEmpty() && m_report->isHidden());
}

void ServerDetail::showKey(const QDateTime &now)
{
    const bool hasKey = m_profile.keychain != Keychain::None;
    const QLocale locale;
    if (!hasKey)
        m_key->setText(tr("It has none. A server with access control asks for one."));
    else if (!m_profile.keySince.isValid())
        m_key->setText(tr("It is kept in %1.").arg(keychainName(m_profile.keychain)));
    else
        m_key->setText(tr("It is kept in %1 since %2.")
                           .arg(keychainName(m_profile.keychain), locale.toString(m_profile.keySince.toLocalTime().date(), u"d MMMM yyyy")));
    m_key->setToolTip(hasKey ? exactTime(m_profile.keySince) : QString());
    const QString age = keyAgeText(keyAgeInDays(m_profile, now).value_or(0));
    m_oldKey->say(keyIsOld(m_profile, now) ? QStringList(tr("%1. Replace it now and then.").arg(age)) : QStringList());
    m_enterKey->setVisible(!hasKey);
    m_rotateKey->setVisible(hasKey);
    m_removeKey->setVisible(hasKey);
}

void ServerDetail::showTesting()
{
    m_report->forget();
    m_loading->setLoading(true);
}

void ServerDetail::showReport(const ProbeReport &report)
{
    m_loading->setLoading(false);
    m_trouble->hide(); // the report says it at length
    m_report->show(report);
}

} // namespace app
