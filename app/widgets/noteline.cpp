#include "app/widgets/noteline.h"

#include "app/look/icons.h"
#include "app/look/metrics.h"
#include "app/look/statuslook.h"
#include "app/look/textstyle.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>

namespace app {

NoteLine::NoteLine(QWidget *parent)
    : QWidget(parent)
    , m_icon(new QLabel)
    , m_text(new QLabel)
{
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Metrics::rowGap);
    layout->addWidget(m_icon, 0, Qt::AlignTop);
    layout->addWidget(m_text, 1);
    tint();
    hide();
}

void NoteLine::say(const QStringList &notes)
{
    m_text->setText(notes.join(u'\n'));
    setAccessibleName(m_text->text());
    setVisible(!notes.isEmpty());
}

void NoteLine::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        tint();
    QWidget::changeEvent(event);
}

void NoteLine::tint()
{
    m_icon->setPixmap(iconPixmap(u"triangle-alert", familyColor(conductor::StatusFamily::NeedsYou, palette()), Metrics::rowIcon, devicePixelRatioF()));
}

} // namespace app
