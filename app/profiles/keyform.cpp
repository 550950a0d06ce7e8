#include "app/profiles/keyform.h"

#include "app/look/metrics.h"
#include "app/look/textstyle.h"
#include "app/profiles/checklist.h"
#include "app/profiles/formfield.h"
#include "app/profiles/probeview.h"
#include "app/profiles/servercare.h"
#include "app/widgets/buttons.h"
#include "app/widgets/loadingbar.h"
#include "app/widgets/messagebar.h"
#include "conductor/base/hostile.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

using namespace conductor;

namespace app {

KeyForm::KeyForm(ServerCare &care, Profile profile, QWidget *parent)
    : Pane(parent)
    , m_care(care)
    , m_profile(std::move(profile))
    , m_message(new MessageBar)
    , m_loading(new LoadingBar)
    , m_fields(new QWidget)
    , m_keyId(new FormField(isRotation() ? tr("New key id") : tr("Key id")))
    , m_keySecret(new FormField(isRotation() ? tr("New key secret") : tr("Key secret"), FormField::Kind::Secret))
    , m_apply(button(isRotation() ? tr("Replace the key") : tr("Keep the key"), ButtonKind::Primary))
    , m_cancel(button(tr("Cancel")))
    , m_steps(new CheckList)
    , m_report(new ProbeView)
{
    build();
    for (FormField *field : {m_keyId, m_keySecret}) {
        connect(field, &FormField::entered, this, &KeyForm::apply);
        connect(field, &FormField::changed, this, [this, field] {
            m_touched = true;
            field->complain({});
            if (!std::exchange(m_untestedWillDo, false))
                return;
            m_apply->setText(tr("Keep the key"));
            m_report->forget();
            m_message->close();
        });
    }
    connect(m_apply, &QPushButton::clicked, this, &KeyForm::apply);
    connect(m_cancel, &QPushButton::clicked, this, &KeyForm::closed);
}

void KeyForm::build()
{
    const QString name = harmless(m_profile.name, 60);
    auto *title = new QLabel(isRotation() ? tr("Rotate the key of %1").arg(name) : tr("Enter the key of %1").arg(name));
    setTextStyle(*title, TextStyle::Section);
    title->setTextFormat(Qt::PlainText);
    auto *hint = new QLabel;
    hint->setText(isRotation() ? tr("The server is asked with the new key first. Only when it answers does the new key replace the old one, and running "
                                    "sessions take it. End the old key on the server afterwards.")
                               : tr("An application's page on the server makes a key. It goes into this session's keychain and is never written to a file."));
    hint->setTextFormat(Qt::PlainText);
    hint->setWordWrap(true);
    hint->setForegroundRole(QPalette::PlaceholderText);

    auto *fields = new QHBoxLayout(m_fields);
    fields->setContentsMargins(0, 0, 0, 0);
    fields->setSpacing(Metrics::groupGap);
    fields->addWidget(m_keyId, 1, Qt::AlignTop);
    fields->addWidget(m_keySecret, 1, Qt::AlignTop);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(Metrics::rowGap);
    buttons->addWidget(m_apply);
    buttons->addWidget(m_cancel);
    buttons->addStretch();

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Metrics::pageMargin, Metrics::rowGap, Metrics::pageMargin, Metrics::pageMargin);
    layout->setSpacing(Metrics::groupGap);
    auto *head = new QVBoxLayout;
    head->setSpacing(Metrics::unit);
    head->addWidget(title);
    head->addWidget(m_loading);
    layout->addLayout(head);
    layout->addWidget(hint);
    layout->addWidget(m_fields);
    layout->addLayout(buttons);
    layout->addWidget(m_message);
    layout->addWidget(m_steps);
    layout->addWidget(m_report);
    layout->addStretch(1);
    setMaximumWidth(Metrics::formWidth);
}

void KeyForm::focusFirst()
{
    m_keyId->setFocus(Qt::OtherFocusReason);
}

bool KeyForm::isRotation() const
{
    return m_profile.keychain != Keychain::None;
}

AccessKey KeyForm::typedKey() const
{
    return {m_keyId->text().trimmed(), m_keySecret->text().trimmed()};
}

bool KeyForm::isComplete()
{
    m_keyId->complain(typedKey().id.isEmpty() ? tr("Copy the key's id from the server.") : QString());
    m_keySecret->complain(typedKey().secret.isEmpty() ? tr("Copy the key's secret from the server.") : QString());
    if (!typedKey().id.isEmpty() && !typedKey().secret.isEmpty())
        return true;
    (typedKey().id.isEmpty() ? m_keyId : m_keySecret)->setFocus(Qt::OtherFocusReason);
    return false;
}

void KeyForm::apply()
{
    if (m_busy || !isComplete())
        return;
    m_message->close();
    m_steps->show(std::vector<CheckLine>());
    m_report->forget();
    if (isRotation() || m_untestedWillDo)
        change();
    else
        enter();
}

// The first key of a server is tested as well, but kept all the same when somebody wants that: the server may be down.
Reply<Done> KeyForm::enter()
{
    setBusy(true);
    const ProbeReport report = co_await m_care.test(m_profile.url, typedKey(), m_profile.id);
    setBusy(false);
    if (report.isUsable()) {
        change();
        co_return Done{};
    }
    m_untestedWillDo = true;
    m_apply->setText(tr("Keep it anyway"));
    m_message->say(MessageBar::Kind::Warning, tr("Nothing is kept yet: the test with this key failed."));
    m_report->show(report);
    co_return Done{};
}

Reply<Done> KeyForm::change()
{
    setBusy(true);
    const Reply<KeyChange> changing = isRotation() ? m_care.rotateKey(m_profile.id, typedKey()) : m_care.enterKey(m_profile.id, typedKey());
    const Result<KeyChange> change = co_await outcome(changing);
    setBusy(false);
    if (change)
        showChange(*change);
    else
        m_message->sayError(tr("The key was not changed: %1.").arg(harmless(change.error().message, 300)), change.error());
    co_return Done{};
}

void KeyForm::showChange(const KeyChange &change)
{
    m_steps->show(checkLines(change));
    if (change.failure) {
        m_message->sayError(isRotation() ? tr("The key was not replaced: %1.").arg(harmless(change.failure->message, 300))
                                         : tr("The key was not kept: %1.").arg(harmless(change.failure->message, 300)),
                            *change.failure);
        return;
    }
    m_touched = false;
    m_keySecret->forget();
    m_keyId->forget();
    m_fields->hide();
    m_apply->hide();
    m_cancel->setText(tr("Done"));
    m_cancel->setFocus(Qt::OtherFocusReason);
    const QString where = keychainName(m_care.profiles().find(m_profile.id) ? m_care.profiles().find(m_profile.id)->keychain : Keychain::None);
    m_message->say(MessageBar::Kind::Info,
                   isRotation() ? tr("The new key is in force. End the old one on the server now.") : tr("The key is in %1.").arg(where));
}

void KeyForm::setBusy(bool busy)
{
    if (busy)
        rememberFocus();
    m_busy = busy;
    m_loading->setLoading(busy);
    m_fields->setEnabled(!busy);
    m_apply->setEnabled(!busy);
    m_cancel->setEnabled(!busy);
    if (!busy)
        returnFocus();
}

} // namespace app
