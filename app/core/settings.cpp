#include "app/core/settings.h"

#include "conductor/base/directories.h"
#include "conductor/base/privatefile.h"

#include <QFile>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace app {
namespace {

constexpr std::chrono::milliseconds saveDelay{500};

QString placeOf(QStringView key, const QString &scope)
{
    return scope.isEmpty() ? key.toString() : key + u'@' + scope;
}

} // namespace

Settings::Settings(QString path, QObject *parent)
    : QObject(parent)
    , m_path(std::move(path))
{
    m_delay.setSingleShot(true);
    m_delay.setInterval(saveDelay);
    connect(&m_delay, &QTimer::timeout, this, &Settings::save);
    read();
}

Settings::~Settings()
{
    save();
}

QString Settings::defaultPath()
{
    return conductor::configDirectory() + u"/settings.json"_s;
}

void Settings::save()
{
    m_delay.stop();
    if (!m_dirty)
        return;
    const conductor::Result<conductor::Done> written = conductor::writePrivately(m_path, QJsonDocument(m_values).toJson());
    if (written)
        m_dirty = false;
    else
        Q_EMIT notSaved(written.error());
}

void Settings::read()
{
    const conductor::Result<QByteArray> content = conductor::readWhole(m_path);
    if (!content) {
        if (content.error().kind != conductor::Error::Kind::NotFound)
            m_complaint = content.error().message;
        return;
    }
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(*content, &error);
    if (document.isObject()) {
        m_values = document.object();
        return;
    }
    m_complaint = tr("%1 is not JSON and was put aside as %2").arg(m_path, m_path + u".broken"_s);
    QFile::remove(m_path + u".broken"_s);
    QFile::rename(m_path, m_path + u".broken"_s);
}

QJsonValue Settings::value(QStringView key, const QString &scope) const
{
    return m_values.value(placeOf(key, scope));
}

void Settings::setValue(QStringView key, const QString &scope, const QJsonValue &value)
{
    const QString place = placeOf(key, scope);
    if (m_values.value(place) == value)
        return;
    m_values.insert(place, value);
    m_dirty = true;
    m_delay.start();
    Q_EMIT changed(key.toString());
}

} // namespace app
