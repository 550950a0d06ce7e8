#include "app/widgets/loadingbar.h"

#include <QPainter>
#include <QTimer>

namespace app {
namespace {

constexpr std::chrono::milliseconds patience{200};
constexpr std::chrono::milliseconds frame{40};
constexpr double step = 0.03; // of the width, a frame
constexpr double length = 0.3;

} // namespace

LoadingBar::LoadingBar(QWidget *parent)
    : QWidget(parent)
    , m_patience(new QTimer(this))
    , m_step(new QTimer(this))
{
    setFixedHeight(2);
    m_patience->setSingleShot(true);
    m_patience->setInterval(patience);
    m_step->setInterval(frame);
    connect(m_patience, &QTimer::timeout, this, [this] {
        m_place = 0;
        m_moving = true;
        m_step->start();
        update();
    });
    connect(m_step, &QTimer::timeout, this, [this] {
        m_place += step;
        if (m_place > 1)
            m_place = -length;
        update();
    });
}

void LoadingBar::setLoading(bool loading)
{
    if (loading && !m_moving && !m_patience->isActive())
        m_patience->start();
    if (!loading) {
        m_patience->stop();
        m_step->stop();
        m_moving = false;
        update();
    }
}

void LoadingBar::paintEvent(QPaintEvent *)
{
    if (!m_moving)
        return;
    QPainter painter(this);
    painter.fillRect(QRectF(width() * m_place, 0, width() * length, height()), palette().color(QPalette::Active, QPalette::Highlight));
}

} // namespace app
