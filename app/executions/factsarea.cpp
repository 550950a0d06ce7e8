#include "app/executions/factsarea.h"

#include "app/look/metrics.h"

#include <QResizeEvent>
#include <QVBoxLayout>

namespace app {
namespace {

constexpr int fewLines = 3; // are always seen

}

FactsArea::FactsArea(const QString &accessibleName, QWidget *parent)
    : QScrollArea(parent)
    , m_values(new ValueList)
{
    setAccessibleName(accessibleName);
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    auto *inside = new QWidget;
    auto *layout = new QVBoxLayout(inside);
    layout->setContentsMargins(0, 0, Metrics::rowGap, 0);
    layout->addWidget(m_values);
    layout->addStretch();
    setWidget(inside);
}

void FactsArea::show(const std::vector<NamedValue> &values)
{
    m_values->show(values);
    updateGeometry();
}

QSize FactsArea::sizeHint() const
{
    const int width = viewport()->width();
    QLayout *inside = widget()->layout();
    return {widget()->sizeHint().width(), inside->hasHeightForWidth() ? inside->totalHeightForWidth(width) : widget()->sizeHint().height()};
}

QSize FactsArea::minimumSizeHint() const
{
    return {120, std::min(sizeHint().height(), fewLines * (fontMetrics().height() + Metrics::unit + 2))};
}

void FactsArea::resizeEvent(QResizeEvent *event)
{
    QScrollArea::resizeEvent(event);
    if (event->size().width() != event->oldSize().width())
        updateGeometry(); // lines break elsewhere
}

} // namespace app
