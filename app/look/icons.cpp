#include "app/look/icons.h"

#include "app/look/statuslook.h"

#include <QFile>
#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

#include <cmath>
#include <optional>

using namespace Qt::StringLiterals;

// Outside the namespace, as the macro demands: the linker drops the resources of a static library unless somebody asks for them.
static void loadIconResources()
{
    Q_INIT_RESOURCE(icons);
}

namespace app {
namespace {

QString pathOf(QStringView name, QStringView folder = u"icons")
{
    static const bool loaded = (loadIconResources(), true);
    Q_UNUSED(loaded)
    return u":/%1/%2.svg"_s.arg(folder, name);
}

QPixmap render(const QString &path, const QColor &color, QSize pixels)
{
    const QString key = u"%1/%2/%3x%4"_s.arg(path).arg(color.rgba(), 8, 16).arg(pixels.width()).arg(pixels.height());
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;

    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        qWarning("There is no icon %s", qPrintable(path));
        return {};
    }
    QByteArray svg = file.readAll();
    svg.replace("currentColor", color.name(QColor::HexRgb).toLatin1());
    QSvgRenderer renderer(svg);
    pixmap = QPixmap(pixels);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setOpacity(color.alphaF());
    const int side = std::min(pixels.width(), pixels.height());
    renderer.render(&painter, QRectF((pixels.width() - side) / 2.0, (pixels.height() - side) / 2.0, side, side));
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

struct Tint {
    QPalette::ColorRole role = QPalette::WindowText;
    std::optional<conductor::StatusFamily> family = {};

    QColor color(QIcon::Mode mode) const
    {
        const QPalette palette = QGuiApplication::palette();
        switch (mode) {
        case QIcon::Disabled:
            return palette.color(QPalette::Disabled, QPalette::WindowText);
        case QIcon::Selected:
            return palette.color(QPalette::Active, QPalette::HighlightedText);
        case QIcon::Normal:
        case QIcon::Active:
            break;
        }
        return family ? familyColor(*family, palette) : palette.color(QPalette::Active, role);
    }
};

class TintedIcon : public QIconEngine
{
public:
    TintedIcon(QString path, Tint tint)
        : m_path(std::move(path))
        , m_tint(tint)
    {
    }

    QIconEngine *clone() const override { return new TintedIcon(m_path, m_tint); }
    QString key() const override { return u"companion-tinted"_s; }
    bool isNull() override { return false; }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        const qreal ratio = painter->device() ? painter->device()->devicePixelRatioF() : qreal(1);
        QPixmap pixmap = render(m_path, m_tint.color(mode), rect.size() * ratio);
        pixmap.setDevicePixelRatio(ratio);
        painter->drawPixmap(rect.topLeft(), pixmap);
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State) override { return render(m_path, m_tint.color(mode), size); }
    // size is in the screen's own pixels, and since Qt 6.8 in logical ones.
    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State, [[maybe_unused]] qreal scale) override
    {
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
        return render(m_path, m_tint.color(mode), size * scale);
#else
        return render(m_path, m_tint.color(mode), size);
#endif
    }

private:
    QString m_path;
    Tint m_tint;
};

} // namespace

QIcon icon(QStringView name, QPalette::ColorRole role)
{
    return QIcon(new TintedIcon(pathOf(name), {.role = role}));
}

QIcon icon(QStringView name, conductor::StatusFamily family)
{
    return QIcon(new TintedIcon(pathOf(name), {.family = family}));
}

QIcon applicationIcon()
{
    return QIcon(pathOf(u"conductor-companion", u"mark"));
}

bool hasIcon(QStringView name)
{
    return QFile::exists(pathOf(name));
}

void paintIcon(QPainter &painter, const QRect &rect, QStringView name, const QColor &color)
{
    const qreal ratio = painter.device()->devicePixelRatioF();
    const int size = std::min(rect.width(), rect.height());
    painter.drawPixmap(rect.x() + (rect.width() - size) / 2, rect.y() + (rect.height() - size) / 2, iconPixmap(name, color, size, ratio));
}

QPixmap iconPixmap(QStringView name, const QColor &color, int size, qreal devicePixelRatio)
{
    const int pixels = int(std::lround(size * devicePixelRatio));
    QPixmap pixmap = render(pathOf(name), color, {pixels, pixels});
    pixmap.setDevicePixelRatio(devicePixelRatio);
    return pixmap;
}

QPixmap markPixmap(QStringView name, const QColor &color, int pixels)
{
    return render(pathOf(name, u"mark"), color, {pixels, pixels});
}

} // namespace app
