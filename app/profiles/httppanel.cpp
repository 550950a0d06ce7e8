#include "app/profiles/httppanel.h"

#include "app/look/metrics.h"
#include "app/look/textstyle.h"
#include "app/widgets/buttons.h"
#include "app/widgets/noteline.h"
#include "app/widgets/statusbadge.h"
#include "conductor/base/hostile.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QSpinBox>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using conductor::StatusFamily;
using State = mcp::HttpInfo::State;

namespace app {

StatusLook httpLook(State state)
{
    switch (state) {
    case State::Off:
        return {StatusFamily::Quiet, u"square"_s, HttpPanel::tr("Off")};
    case State::Starting:
        return {StatusFamily::Active, u"loader-circle"_s, HttpPanel::tr("Starting")};
    case State::Serving:
        return {StatusFamily::Good, u"circle-check"_s, HttpPanel::tr("Running")};
    case State::Restarting:
        return {StatusFamily::NeedsYou, u"loader-circle"_s, HttpPanel::tr("Restarting")};
    case State::Failed:
        return {StatusFamily::Bad, u"circle-x"_s, HttpPanel::tr("Failed")};
    }
    return {};
}

HttpPanel::HttpPanel(QWidget *parent)
    : QWidget(parent)
    , m_state(new StatusBadge)
    , m_text(new QLabel)
    , m_trouble(new NoteLine)
    , m_on(new QCheckBox(tr("Serve AI clients over HTTP")))
    , m_port(new QSpinBox)
    , m_address(button(tr("Copy address")))
    , m_header(button(tr("Copy header")))
    , m_newToken(button(tr("New token…")))
    , m_again(button(tr("Try again")))
    , m_figures(new QLabel)
{
    build();
    connect(m_on, &QCheckBox::clicked, this, &HttpPanel::choose);
    connect(m_port, &QSpinBox::editingFinished, this, [this] {
        if (m_port->value() != m_wanted.port)
            choose();
    });
    connect(m_address, &QPushButton::clicked, this, &HttpPanel::addressWanted);
    connect(m_header, &QPushButton::clicked, this, &HttpPanel::headerWanted);
    connect(m_newToken, &QPushButton::clicked, this, &HttpPanel::newTokenWanted);
    connect(m_again, &QPushButton::clicked, this, &HttpPanel::againWanted);
}

void HttpPanel::build()
{
    auto *title = new QLabel(tr("HTTP server"));
    setTextStyle(*title, TextStyle::Strong);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_figures->setTextFormat(Qt::PlainText);
    m_figures->setWordWrap(true);
    setTextStyle(*m_figures, TextStyle::Hint);
    m_port->setRange(1024, 65535); // those below belong to the system
    m_port->setGroupSeparatorShown(false);
    m_port->setKeyboardTracking(false);
    m_port->setAccessibleName(tr("Port of the HTTP server"));
    auto *portLabel = new QLabel(tr("Port"));
    portLabel->setBuddy(m_port);
    m_header->setToolTip(tr("The line that lets an AI client in. It holds the token: it leaves the clipboard after a minute"));
    m_newToken->setToolTip(tr("Whoever has the old one is refused from then on"));

    const auto rowOf = [](std::initializer_list<QWidget *> widgets) {
        auto *row = new QHBoxLayout;
        row->setSpacing(Metrics::rowGap);
        for (QWidget *widget : widgets)
            row->addWidget(widget);
        row->addStretch();
        return row;
    };
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Metrics::rowGap);
    layout->addLayout(rowOf({title, m_state}));
    layout->addWidget(m_text);
    layout->addWidget(m_trouble);
    auto *choice = rowOf({m_on, portLabel, m_port});
    choice->insertSpacing(1, Metrics::groupGap);
    layout->addLayout(choice);
    layout->addLayout(rowOf({m_address, m_header, m_newToken, m_again}));
    layout->addWidget(m_figures);
}

void HttpPanel::choose()
{
    Q_EMIT chosen(m_on->isChecked(), m_port->value());
}

void HttpPanel::setBusy(bool busy)
{
    m_busy = busy;
    for (QWidget *control : std::initializer_list<QWidget *>{m_on, m_port, m_header, m_newToken})
        control->setEnabled(!busy);
}

void HttpPanel::show(const HttpFacts &facts)
{
    const bool sameProfile = std::exchange(m_profileId, facts.profileId) == facts.profileId;
    m_wanted = facts.wanted;
    m_state->show(httpLook(facts.server.state));
    if (!m_busy) {
        m_on->setChecked(facts.wanted.on);
        if (!sameProfile || !m_port->hasFocus()) // what is being typed stays
            m_port->setValue(facts.wanted.port);
    }
    const bool hasToken = facts.wanted.keychain != conductor::Keychain::None;
    m_address->setVisible(facts.wanted.on);
    m_header->setVisible(facts.wanted.on && hasToken);
    m_newToken->setVisible(hasToken);
    m_again->setVisible(facts.server.state == State::Failed);
    const bool ran = facts.server.pid > 0 || facts.server.restarts > 0;
    const QLocale locale;
    m_figures->setVisible(ran);
    m_figures->setText(tr("Process: %1   Clients: %2   Calls: %3   Errors: %4   Restarts: %5")
                           .arg(facts.server.pid > 0 ? QString::number(facts.server.pid) : tr("none"), locale.toString(facts.clients), locale.toString(facts.calls),
                                locale.toString(facts.errors), locale.toString(facts.server.restarts)));
    showText(facts);
}

void HttpPanel::showText(const HttpFacts &facts)
{
    QString text;
    QStringList trouble;
    switch (facts.server.state) {
    case State::Off:
        text = facts.wanted.on ? tr("It is switched on, but this companion hosts no AI clients at the moment.")
                               : tr("For AI clients that reach a server by an address instead of starting a program. On this machine only, with a token that is kept in the keychain.");
        break;
    case State::Starting:
        text = tr("It comes up in a moment.");
        break;
    case State::Serving:
        text = tr("AI clients reach it at %1").arg(facts.server.address);
        break;
    case State::Restarting:
        text = tr("It ended (%1) and is started again.").arg(conductor::harmless(facts.server.lastExit, 80));
        break;
    case State::Failed:
        if (facts.server.trouble)
            trouble << tr("%1.").arg(conductor::harmless(conductor::sentence(*facts.server.trouble), 600));
        break;
    }
    m_text->setText(text);
    m_text->setVisible(!text.isEmpty());
    m_trouble->say(trouble);
}

} // namespace app
