#include "app/widgets/emptystate.h"

#include "app/look/icons.h"
#include "app/look/metrics.h"
#include "app/look/palette.h"
#include "app/look/statuslook.h"
#include "app/look/textstyle.h"
#include "app/widgets/buttons.h"
#include "app/widgets/plaintextpane.h"
#include "conductor/base/hostile.h"

#include <QAccessible>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace app {
namespace {

constexpr int textWidth = 440;
constexpr int disc = 64;

QLabel *wrapped(TextStyle style)
{
    auto *label = new QLabel;
    setTextStyle(*label, style);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setAlignment(Qt::AlignHCenter);
    label->setFixedWidth(textWidth);
    return label;
}

// A centred label is given the height of its usual width, not of the one it has.
void setWrapped(QLabel &label, const QString &text)
{
    label.setText(text);
    label.setFixedHeight(label.heightForWidth(textWidth));
}

} // namespace

EmptyState::EmptyState(QWidget *parent)
    : QWidget(parent)
    , m_icon(new QLabel)
    , m_title(wrapped(TextStyle::Section))
    , m_detail(wrapped(TextStyle::Base))
    , m_action(button({}, ButtonKind::Primary))
    , m_link(button({}, ButtonKind::Quiet))
    , m_facts(new PlainTextPane(tr("Details of the error")))
{
    m_detail->setForegroundRole(QPalette::PlaceholderText);
    m_icon->setFixedSize(disc, disc);
    m_icon->setAlignment(Qt::AlignCenter);
    m_facts->setFixedSize(textWidth, 104);
    m_facts->hide();

    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(Metrics::rowGap);
    buttons->addStretch();
    buttons->addWidget(m_action);
    buttons->addWidget(m_link);
    buttons->addStretch();

    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(Metrics::rowGap);
    layout->addStretch(2);
    layout->addWidget(m_icon, 0, Qt::AlignHCenter);
    layout->addSpacing(Metrics::unit);
    layout->addWidget(m_title, 0, Qt::AlignHCenter);
    layout->addWidget(m_detail, 0, Qt::AlignHCenter);
    layout->addSpacing(Metrics::rowGap);
    layout->addLayout(buttons);
    layout->addWidget(m_facts, 0, Qt::AlignHCenter);
    layout->addStretch(3);

    connect(m_action, &QPushButton::clicked, this, &EmptyState::actionRequested);
    connect(m_link, &QPushButton::clicked, this, [this] {
        if (m_isError)
            m_facts->setVisible(m_facts->isHidden());
        else
            Q_EMIT linkRequested();
    });
}

void EmptyState::showFirstUse(QStringView iconName, const QString &title, const QString &detail, const QString &action, const QString &link)
{
    m_isError = false;
    fill(iconName, title, detail, action, link);
}

void EmptyState::showNoMatch(const QString &title, const QString &detail)
{
    m_isError = false;
    fill(u"search", title, detail, tr("Clear the filter"), {});
}

void EmptyState::showError(const QString &title, const conductor::Error &error)
{
    m_isError = true;
    m_facts->show(errorFacts(error));
    fill(u"cloud-alert", title, conductor::harmless(conductor::sentence(error), 300), tr("Try again"), tr("Details"));
}

void EmptyState::fill(QStringView iconName, const QString &title, const QString &detail, const QString &action, const QString &link)
{
    const bool same = m_title->text() == title;
    m_iconName = iconName.toString();
    setWrapped(*m_title, title);
    setWrapped(*m_detail, detail);
    m_detail->setVisible(!detail.isEmpty());
    m_action->setText(action);
    m_action->setVisible(!action.isEmpty());
    m_link->setText(link);
    m_link->setVisible(!link.isEmpty());
    if (!m_isError)
        m_facts->hide();
    setAccessibleName(title);
    tint();
    if (same)
        return;
    QAccessibleEvent event(this, QAccessible::NameChanged);
    QAccessible::updateAccessibility(&event);
}

void EmptyState::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_isError ? familyWash(conductor::StatusFamily::Bad, palette()) : hoverColor(palette()));
    painter.drawEllipse(m_icon->geometry());
}

void EmptyState::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange && !m_iconName.isEmpty())
        tint();
    QWidget::changeEvent(event);
}

void EmptyState::tint()
{
    const QColor color = m_isError ? familyColor(conductor::StatusFamily::Bad, palette()) : hintColor(palette());
    m_icon->setPixmap(iconPixmap(m_iconName, color, Metrics::emptyIcon, devicePixelRatioF()));
    update();
}

} // namespace app
