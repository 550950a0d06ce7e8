#include "app/definitions/versionremoval.h"

#include "app/look/metrics.h"
#include "app/look/textstyle.h"
#include "app/widgets/buttons.h"
#include "app/widgets/messagebar.h"
#include "conductor/base/hostile.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

using conductor::Done;
using conductor::Error;
using conductor::Reply;
using conductor::Result;

namespace app {
namespace {

constexpr int leastWidth = 440;

QLabel *sentence(const QString &text)
{
    auto *label = new QLabel(text);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

} // namespace

VersionRemoval::VersionRemoval(DefinitionWork *work, const QString &name, int version, const ServerEntry &server, QWidget *parent)
    : QDialog(parent)
    , m_work(work)
    , m_name(name)
    , m_version(version)
    , m_message(new MessageBar)
    , m_remove(button(tr("Delete version %1").arg(version)))
    , m_keep(button(tr("Keep it")))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Delete version %1").arg(version));
    m_keep->setDefault(true);
    m_keep->setFocus();
    m_remove->setAutoDefault(false);
    build(server);
    connect(m_keep, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_remove, &QPushButton::clicked, this, &VersionRemoval::remove);
}

void VersionRemoval::build(const ServerEntry &server)
{
    QLabel *title = sentence(tr("Delete version %1 of %2?").arg(QString::number(m_version), conductor::harmless(m_name, 80)));
    setTextStyle(*title, TextStyle::Section);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(Metrics::groupGap);
    buttons->addWidget(m_remove);
    buttons->addStretch();
    buttons->addWidget(m_keep);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(Metrics::dialogMargin, Metrics::dialogMargin, Metrics::dialogMargin, Metrics::dialogMargin);
    layout->setSpacing(Metrics::groupGap);
    layout->addWidget(title);
    layout->addWidget(sentence(tr("It is gone from %1 for good. Its runs stay readable, but no new one can be started from it.").arg(conductor::harmless(server.name, 80))));
    layout->addWidget(m_message);
    if (server.production) {
        auto *typed = new QLineEdit;
        QLabel *label = sentence(tr("This is a production server. Type the workflow's name to delete:"));
        label->setBuddy(typed);
        m_remove->setEnabled(false);
        connect(typed, &QLineEdit::textChanged, this, [this](const QString &text) { m_remove->setEnabled(text == m_name); });
        layout->addWidget(label);
        layout->addWidget(typed);
    }
    layout->addLayout(buttons);
    setMinimumWidth(leastWidth);
}

// One that is not there any more is deleted as well.
Reply<Done> VersionRemoval::remove()
{
    if (!m_work)
        co_return Done{};
    m_message->close();
    m_remove->setEnabled(false);
    const Result<Done> answer = co_await outcome(m_work->remove(m_name, m_version));
    if (!answer && answer.error().kind != Error::Kind::NotFound) {
        m_remove->setEnabled(true);
        m_message->sayError(tr("It was not deleted: %1").arg(conductor::harmless(answer.error().message, 200)), answer.error());
        co_return Done{};
    }
    Q_EMIT removed(m_name, m_version);
    accept();
    co_return Done{};
}

} // namespace app
