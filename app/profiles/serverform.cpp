#include "app/profiles/serverform.h"

#include "app/look/metrics.h"
#include "app/look/textstyle.h"
#include "app/profiles/formfield.h"
#include "app/profiles/probeview.h"
#include "app/profiles/servercare.h"
#include "app/widgets/buttons.h"
#include "app/widgets/loadingbar.h"
#include "app/widgets/messagebar.h"
#include "conductor/base/hostile.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>

using namespace conductor;

namespace app {

ServerForm::ServerForm(ServerCare &care, Profile profile, QWidget *parent)
    : Pane(parent)
    , m_care(care)
    , m_profile(std::move(profile))
    , m_message(new MessageBar)
    , m_loading(new LoadingBar)
    , m_name(new FormField(tr("Name")))
    , m_address(new FormField(tr("Address")))
    , m_production(new QCheckBox(tr("Production server")))
    , m_requiresCompanion(new QCheckBox(tr("AI clients reach it only while the companion runs")))
    , m_keyHint(new QLabel)
    , m_keyId(new FormField(tr("Key id")))
    , m_keySecret(new FormField(tr("Key secret"), FormField::Kind::Secret))
    , m_save(button(tr("Save"), ButtonKind::Primary))
    , m_test(button(tr("Test")))
    , m_cancel(button(tr("Cancel")))
    , m_report(new ProbeView)
{
    build();
    m_name->setText(m_profile.name);
    m_address->setText(m_profile.url.toString());
    m_production->setChecked(m_profile.production);
    m_requiresCompanion->setChecked(m_profile.requiresCompanion);
    for (FormField *field : {m_name, m_address, m_keyId, m_keySecret}) {
        connect(field, &FormField::changed, this, &ServerForm::fieldChanged);
        connect(field, &FormField::entered, this, &ServerForm::save);
    }
    for (QCheckBox *box : {m_production, m_requiresCompanion})
        connect(box, &QCheckBox::toggled, this, [this] { m_touched = true; });
    connect(m_address, &FormField::changed, this, &ServerForm::showKeyFields);
    connect(m_save, &QPushButton::clicked, this, &ServerForm::save);
    connect(m_test, &QPushButton::clicked, this, &ServerForm::test);
    connect(m_cancel, &QPushButton::clicked, this, &ServerForm::closed);
    connect(m_message, &MessageBar::actionRequested, this, &ServerForm::save);
    connect(m_report, &ProbeView::suggestionTaken, this, [this](const QUrl &address) {
        setAddress(address);
        test();
    });
    showKeyFields();
}

void ServerForm::build()
{
    const bool isNew = m_profile.id.isEmpty();
    auto *title = new QLabel(isNew ? tr("Add a server") : tr("Edit %1").arg(harmless(m_profile.name, 60)));
    setTextStyle(*title, TextStyle::Section);
    title->setTextFormat(Qt::PlainText);
    m_name->setPlaceholder(tr("Such as local or Payments EU"));
    m_address->setPlaceholder(tr("http://HOST:PORT/api"));
    m_production->setToolTip(tr("Marked everywhere, and asked about more strictly"));
    m_requiresCompanion->setToolTip(tr("Otherwise AI clients use it also while the companion is not there"));
    m_keyPart = buildKey();

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Metrics::pageMargin, Metrics::rowGap, Metrics::pageMargin, Metrics::pageMargin);
    layout->setSpacing(Metrics::groupGap);
    auto *head = new QVBoxLayout;
    head->setSpacing(Metrics::unit);
    head->addWidget(title);
    head->addWidget(m_loading);
    layout->addLayout(head);
    layout->addWidget(m_message);
    layout->addWidget(m_name);
    layout->addWidget(m_address);
    auto *switches = new QVBoxLayout;
    switches->setSpacing(Metrics::rowGap);
    switches->addWidget(m_production);
    switches->addWidget(m_requiresCompanion);
    layout->addLayout(switches);
    layout->addWidget(m_keyPart);
    layout->addWidget(buildButtons());
    layout->addWidget(m_report);
    layout->addStretch(1);
    setMaximumWidth(Metrics::formWidth);
}

QWidget *ServerForm::buildKey()
{
    auto *heading = new QLabel(tr("Access key"));
    setTextStyle(*heading, TextStyle::Strong);
    setTextStyle(*m_keyHint, TextStyle::Hint);
    m_keyHint->setTextFormat(Qt::PlainText);
    m_keyHint->setWordWrap(true);

    auto *fields = new QHBoxLayout;
    fields->setSpacing(Metrics::groupGap);
    fields->addWidget(m_keyId, 1, Qt::AlignTop);
    fields->addWidget(m_keySecret, 1, Qt::AlignTop);
    auto *part = new QWidget;
    auto *layout = new QVBoxLayout(part);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Metrics::unit);
    layout->addWidget(heading);
    layout->addWidget(m_keyHint);
    layout->addSpacing(Metrics::unit);
    layout->addLayout(fields);
    return part;
}

QWidget *ServerForm::buildButtons()
{
    auto *part = new QWidget;
    auto *line = new QHBoxLayout(part);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(Metrics::rowGap);
    line->addWidget(m_save);
    line->addWidget(m_test);
    line->addWidget(m_cancel);
    line->addStretch();
    return part;
}

void ServerForm::focusFirst()
{
    m_name->setFocus(Qt::OtherFocusReason);
}

void ServerForm::setAddress(const QUrl &address)
{
    m_address->setText(address.toString());
}

void ServerForm::fieldChanged()
{
    m_touched = true;
    m_untestedWillDo = false;
    m_save->setText(tr("Save"));
    m_report->forget();
    for (FormField *field : {m_name, m_address, m_keyId, m_keySecret})
        field->complain({});
}

// A key is bound to the server it was entered for: one that moves needs it anew.
void ServerForm::showKeyFields()
{
    const bool hasKey = m_profile.keychain != Keychain::None;
    const Result<QUrl> url = serverUrl(m_address->text());
    const bool moves = hasKey && url && originOf(*url) != originOf(m_profile.url);
    m_keyPart->setVisible(m_profile.id.isEmpty() || moves || !typedKey().isEmpty());
    m_keyHint->setText(moves ? tr("The key was entered for %1 and is not sent anywhere else. Enter it again for the new address.").arg(originOf(m_profile.url))
                             : tr("Leave it empty for a server without access control. It goes into this session's keychain and is never written to a file."));
}

bool ServerForm::isTaken(const QString &name) const
{
    const std::vector<Profile> &profiles = m_care.profiles().profiles();
    return std::any_of(profiles.begin(), profiles.end(),
                       [&](const Profile &profile) { return profile.id != m_profile.id && profile.name.compare(name, Qt::CaseInsensitive) == 0; });
}

bool ServerForm::isComplete()
{
    FormField *first = nullptr;
    const auto complain = [&first](FormField *field, const QString &what) {
        field->complain(harmless(what, 300));
        if (!what.isEmpty() && !first)
            first = field;
    };
    const Result<QString> name = profileName(m_name->text());
    const Result<QUrl> url = serverUrl(m_address->text());
    const QString taken = name && isTaken(*name) ? tr("There is a server of this name already. Choose another.") : QString();
    complain(m_name, name ? taken : tr("%1.").arg(sentence(name.error())));
    complain(m_address, url ? QString() : tr("%1.").arg(sentence(url.error())));
    const AccessKey key = typedKey();
    const QString missing = tr("An access key has two parts. Enter both, or neither.");
    complain(m_keyId, key.id.isEmpty() && !key.secret.isEmpty() ? missing : QString());
    complain(m_keySecret, key.secret.isEmpty() && !key.id.isEmpty() ? missing : QString());
    if (first)
        first->setFocus(Qt::OtherFocusReason);
    return !first;
}

Profile ServerForm::draft() const
{
    Profile profile = m_profile;
    profile.name = profileName(m_name->text()).value_or(QString());
    profile.url = serverUrl(m_address->text()).value_or(QUrl());
    profile.production = m_production->isChecked();
    profile.requiresCompanion = m_requiresCompanion->isChecked();
    return profile;
}

AccessKey ServerForm::typedKey() const
{
    return {m_keyId->text().trimmed(), m_keySecret->text().trimmed()};
}

bool ServerForm::needsTest() const
{
    const bool asItWas = !m_profile.id.isEmpty() && draft().url == m_profile.url && typedKey().isEmpty();
    return !asItWas && !m_untestedWillDo;
}

void ServerForm::test()
{
    if (!m_busy && isComplete())
        runTest(Then::Nothing);
}

void ServerForm::save()
{
    if (m_busy || !isComplete())
        return;
    if (needsTest())
        runTest(Then::Save);
    else
        store();
}

Reply<Done> ServerForm::runTest(Then then)
{
    m_message->close();
    setBusy(true);
    const ProbeReport report = co_await m_care.test(draft().url, typedKey(), m_profile.id);
    setBusy(false);
    showReport(report, then);
    co_return Done{};
}

void ServerForm::showReport(const ProbeReport &report, Then then)
{
    m_report->show(report);
    m_untestedWillDo = true; // it was tested, and what came of it is on the screen
    if (report.isUsable() && then == Then::Save)
        store();
    if (report.isUsable())
        return;
    m_save->setText(tr("Save anyway"));
    if (then == Then::Save)
        m_message->say(MessageBar::Kind::Warning, tr("Nothing is saved yet: the test below failed. You can save it anyway and come back to it."));
}

Reply<Done> ServerForm::store()
{
    m_message->close();
    setBusy(true, false);
    const Result<ServerCare::Saved> saved = co_await outcome(m_care.save(draft(), typedKey()));
    setBusy(false);
    if (!saved) {
        m_message->sayError(tr("The server was not saved: %1.").arg(harmless(saved.error().message, 300)), saved.error());
        co_return Done{};
    }
    m_profile = saved->profile;
    if (saved->keyTrouble) {
        keyNotKept(*saved->keyTrouble);
        co_return Done{};
    }
    m_touched = false;
    m_keySecret->forget();
    m_keyId->forget();
    Q_EMIT this->saved(m_profile.id);
    co_return Done{};
}

void ServerForm::keyNotKept(const Error &error)
{
    m_message->sayError(tr("The server is saved, but its key is not: %1.").arg(harmless(error.message, 300)), error, tr("Try again"));
    m_cancel->setText(tr("Leave it without a key"));
}

// mayLeave: false while something is written, of which the outcome must be told.
void ServerForm::setBusy(bool busy, bool mayLeave)
{
    if (busy)
        rememberFocus();
    m_busy = busy;
    m_loading->setLoading(busy);
    m_cancel->setEnabled(!busy || mayLeave);
    for (QWidget *widget : {static_cast<QWidget *>(m_save), static_cast<QWidget *>(m_test)})
        widget->setEnabled(!busy);
    for (QWidget *widget : {static_cast<QWidget *>(m_name), static_cast<QWidget *>(m_address), m_keyPart})
        widget->setEnabled(!busy);
    if (!busy)
        returnFocus();
}

} // namespace app
