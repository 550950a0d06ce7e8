#include "app/executions/reasonbox.h"

#include "app/look/icons.h"
#include "app/look/metrics.h"
#include "app/look/statuslook.h"
#include "app/look/textstyle.h"
#include "app/widgets/buttons.h"
#include "app/widgets/tooltips.h"

#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QPainter>

namespace app {

ReasonBox::ReasonBox(QWidget *parent)
    : QWidget(parent)
    , m_icon(new QLabel)
    , m_text(new QLabel)
    , m_advice(new QLabel)
    , m_action(button({}, ButtonKind::Quiet))
{
    setTextStyle(*m_advice, TextStyle::Hint);
    for (QLabel *label : {m_text, m_advice}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    auto *layout = new QGridLayout(this);
    layout->setContentsMargins(12, 6, 6, 6);
    layout->setHorizontalSpacing(Metrics::rowGap);
    layout->setVerticalSpacing(2);
    layout->setColumnStretch(1, 1);
    layout->addWidget(m_icon, 0, 0, Qt::AlignTop);
    layout->addWidget(m_text, 0, 1);
    layout->addWidget(m_advice, 1, 1);
    layout->addWidget(m_action, 0, 2, 2, 1, Qt::AlignVCenter);
    connect(m_action, &QPushButton::clicked, this, &ReasonBox::actionRequested);
    hide();
}

void ReasonBox::show(const Words &words)
{
    setVisible(!words.text.isEmpty());
    if (words == m_words)
        return;
    m_words = words;
    m_text->setText(words.text);
    m_text->setToolTip(words.whole == words.text ? QString() : plainToolTip(words.whole));
    m_advice->setText(words.advice);
    m_advice->setVisible(!words.advice.isEmpty());
    m_action->setText(words.action);
    m_action->setVisible(!words.action.isEmpty());
    setAccessibleName(words.text);
    tint();
    update();
}

QString ReasonBox::text() const
{
    return m_words.text;
}

void ReasonBox::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(familyWash(m_words.family, palette()));
    painter.drawRoundedRect(rect(), Metrics::radius, Metrics::radius);
}

void ReasonBox::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        tint();
    QWidget::changeEvent(event);
}

void ReasonBox::tint()
{
    if (!m_words.glyph.isEmpty())
        m_icon->setPixmap(iconPixmap(m_words.glyph, familyColor(m_words.family, palette()), Metrics::rowIcon, devicePixelRatioF()));
}

} // namespace app
